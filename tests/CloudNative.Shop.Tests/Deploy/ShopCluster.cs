using System.Text.Json.Nodes;
using CloudNative.Testing;
using CloudNative.Testing.Kubernetes;

namespace CloudNative.Shop.Tests.Deploy;

/// <summary>
/// The Shop as its manifests say, without a cluster: an API server that keeps EndpointSlices, a token for each service account with the
/// rules of its roles, and a process for each pod. The slices are written once, as if nobody noticed when a pod dies.
/// </summary>
internal sealed class ShopCluster : IAsyncDisposable
{
    private readonly KubernetesTestServer _server = new();
    private readonly TemporaryDirectory _directory = new();
    private readonly List<Pod> _pods = [];

    public KubernetesTestServer Server => _server;

    public IReadOnlyList<Pod> Pods => _pods;

    public string Output => string.Join("\n\n", _pods.Select(pod => pod.Output));

    public async Task StartAsync(string connectionString, CancellationToken cancellationToken)
    {
        var address = await _server.ListenAsync(cancellationToken);
        var manifests = ManifestFiles.Read();
        var tokens = manifests.Where(manifest => manifest.Kind == "ServiceAccount")
            .ToDictionary(account => account.Name, account => Permissions.AddToken(_server, account, manifests), StringComparer.Ordinal);
        foreach (var deployment in manifests.Where(manifest => manifest.Kind == "Deployment"))
        {
            var token = tokens[Manifest.Text(deployment.PodSpec["serviceAccountName"])];
            for (var number = 1; number <= deployment.Spec["replicas"]!.GetValue<int>(); number++)
            {
                _pods.Add(Pod.Start(deployment, number, new PodPlatform(address, token, connectionString), _directory.Path));
            }
        }

        using var client = new HttpClient();
        foreach (var service in _pods.GroupBy(pod => pod.Service))
        {
            foreach (var pod in service)
            {
                await pod.WaitUntilReadyAsync(client, cancellationToken);
            }

            WriteSlice(manifests.Single(manifest => manifest.Kind == "Service" && manifest.Name == service.Key), [.. service]);
        }
    }

    /// <summary>The API server is gone, and stays away.</summary>
    public ValueTask StopServerAsync() => _server.DisposeAsync();

    public Uri AddressOf(string service) =>
        new($"http://{Pod.Address}:{_pods.First(pod => pod.Service == service).Ports["http"]}");

    public async ValueTask DisposeAsync()
    {
        foreach (var pod in _pods)
        {
            await pod.DisposeAsync();
        }

        await _server.DisposeAsync();
        _directory.Dispose();
    }

    // As the controller does: the ports of the Service by name, at the numbers that its pods have. These differ here, so each pod has a
    // slice of its own.
    private void WriteSlice(Manifest service, IReadOnlyList<Pod> pods)
    {
        foreach (var pod in pods)
        {
            var ports = service.Spec["ports"]!.AsArray().Select(port => (JsonNode)new JsonObject
            {
                ["name"] = Manifest.Text(port!["name"]),
                ["port"] = pod.Ports[Manifest.Text(port["targetPort"])],
                ["protocol"] = "TCP",
                ["appProtocol"] = port["appProtocol"]?.DeepClone(),
            });
            _server.Put("endpointslices", new JsonObject
            {
                ["metadata"] = new JsonObject
                {
                    ["name"] = pod.Name,
                    ["namespace"] = "shop",
                    ["labels"] = new JsonObject { ["kubernetes.io/service-name"] = service.Name },
                },
                ["addressType"] = "IPv4",
                ["endpoints"] = new JsonArray(pod.ToEndpoint()),
                ["ports"] = new JsonArray([.. ports]),
            });
        }
    }
}
