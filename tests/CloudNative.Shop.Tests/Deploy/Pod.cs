using System.Net;
using System.Text.Json.Nodes;
using CloudNative.Testing;

namespace CloudNative.Shop.Tests.Deploy;

/// <summary>
/// One pod of a Deployment as a process: the variables, ports, probes and places of its manifest, the rest as an image of .NET has it.
/// All pods of this cluster share one address, so each has ports of its own.
/// </summary>
internal sealed class Pod : IAsyncDisposable
{
    public const string Address = "127.0.0.1";

    private readonly ChildProcess _process;
    private readonly Uri _ready;

    private Pod(Manifest deployment, string name, IReadOnlyDictionary<string, int> ports, ChildProcess process)
    {
        Service = deployment.Name;
        Name = name;
        Ports = ports;
        _process = process;
        var probe = deployment.Container["readinessProbe"]!["httpGet"]!;
        _ready = new Uri($"http://{Address}:{ports[Manifest.Text(probe["port"])]}{Manifest.Text(probe["path"])}");
    }

    public string Service { get; }

    public string Name { get; }

    /// <summary>Where it listens, by the names of the manifest's ports.</summary>
    public IReadOnlyDictionary<string, int> Ports { get; }

    public string Output => $"{Name}:\n{_process.Output}";

    public static Pod Start(Manifest deployment, int number, PodPlatform platform, string directory)
    {
        var name = $"{deployment.Name}-{number}";
        var places = Path.Combine(directory, name);
        Directory.CreateDirectory(places);
        var wanted = deployment.Container["ports"]!.AsArray();
        var ports = wanted.ToDictionary(port => Manifest.Text(port!["name"]), _ => FreePort.Find(), StringComparer.Ordinal);
        var environment = PodEnvironment.Of(deployment, ports, places, platform);
        return new Pod(deployment, name, ports, ChildProcess.Start(new ChildProcessOptions
        {
            FileName = "dotnet",
            Arguments = ["exec", ShopPrograms.Find(deployment.Container)],
            Environment = environment,
            WorkingDirectory = Path.GetDirectoryName(ShopPrograms.Find(deployment.Container)),
        }));
    }

    /// <summary>Waits as the kubelet does.</summary>
    public async Task WaitUntilReadyAsync(HttpClient client, CancellationToken cancellationToken)
    {
        while (!await IsReadyAsync(client, cancellationToken))
        {
            Assert.False(_process.HasExited, Output);
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, cancellationToken);
        }
    }

    /// <summary>Its entry in an EndpointSlice.</summary>
    public JsonObject ToEndpoint() => new()
    {
        ["addresses"] = new JsonArray(Address),
        ["conditions"] = new JsonObject { ["ready"] = true, ["serving"] = true, ["terminating"] = false },
        ["targetRef"] = new JsonObject { ["kind"] = "Pod", ["name"] = Name, ["namespace"] = "shop" },
    };

    public Task KillAsync() => _process.KillAsync();

    public ValueTask DisposeAsync() => _process.DisposeAsync();

    private async Task<bool> IsReadyAsync(HttpClient client, CancellationToken cancellationToken)
    {
        try
        {
            using var answer = await client.GetAsync(_ready, cancellationToken);
            return answer.StatusCode == HttpStatusCode.OK;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
