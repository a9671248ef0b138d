using CloudNative.Discovery;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CloudNative.Http.Tests.Labs;

/// <summary>A host with the package in it, a source to steer it by, and a client named <c>lab</c>.</summary>
internal sealed class Lab : IAsyncDisposable
{
    private readonly IHost _host;

    private Lab(IHost host, TestSource source)
    {
        _host = host;
        Source = source;
    }

    public static TimeSpan Patience { get; } = TimeSpan.FromSeconds(30);

    public TestSource Source { get; }

    public IServiceProvider Services => _host.Services;

    public EndpointTable Table => Services.GetRequiredService<EndpointTable>();

    public static Lab Create(
        Dictionary<string, string?>? settings = null,
        Action<IHttpClientBuilder>? client = null,
        Action<IServiceCollection>? services = null)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { EnvironmentName = "Production" });
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["CloudNative:Http:Retry:Delay"] = "00:00:00",

            // A machine with much else to do takes seconds for a TLS handshake; the default would pass over an instance that is well.
            ["CloudNative:Http:ConnectTimeout"] = "00:00:30",
        });
        builder.Configuration.AddInMemoryCollection(settings ?? []);
        var source = new TestSource();
        builder.Services.AddSingleton<IEndpointSource>(source);
        builder.Services.AddFakeLogging();
        services?.Invoke(builder.Services);
        builder.Services.AddCloudNativeHttp();
        var lab = builder.Services.AddHttpClient("lab");
        client?.Invoke(lab);
        return new Lab(builder.Build(), source);
    }

    public HttpClient Client(string name = "lab") => Services.GetRequiredService<IHttpClientFactory>().CreateClient(name);

    public static ServiceInstance Instance(string id, params string[] addresses) => new()
    {
        Service = "catalog",
        Id = id,
        Endpoints = [.. addresses.Select(address => new Uri(address)).Select(uri => new InstanceEndpoint(uri.Scheme, uri.Host, uri.Port))],
    };

    public void Know(params TestServer[] servers) =>
        Source.Set("catalog", [.. servers.Select((server, index) => Instance($"i{index}", server.Address))]);

    public void Know(params string[] addresses) =>
        Source.Set("catalog", [.. addresses.Select((address, index) => Instance($"i{index}", address))]);

    public async Task<EndpointSnapshot> SettledAsync(string service = "catalog") =>
        await Table.Get(service).WaitForAnswerAsync(CancellationToken.None);

    /// <summary>Puts a server in the place of those that were known, and waits until the table says so.</summary>
    public async Task KnowOnlyAsync(TestServer server)
    {
        var instance = Instance($"only {server.Address}", server.Address);
        Source.Set("catalog", instance);
        await UntilAsync(snapshot => snapshot.Endpoints is [var only] && only.Instance.Id == instance.Id);
    }

    /// <summary>Waits until the table lists this many instances.</summary>
    public Task UntilListedAsync(int instances) => UntilAsync(snapshot => snapshot.Endpoints.Length == instances);

    private async Task UntilAsync(Func<EndpointSnapshot, bool> isSo)
    {
        using var patience = new CancellationTokenSource(Patience, TimeProvider.System);
        var endpoints = Table.Get("catalog");
        var snapshot = await endpoints.WaitForAnswerAsync(patience.Token);
        while (!isSo(snapshot))
        {
            snapshot = await endpoints.WaitForChangeAsync(snapshot, patience.Token);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await ((IAsyncDisposable)_host).DisposeAsync();
    }
}
