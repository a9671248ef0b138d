using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace CloudNative.Benchmarks;

/// <summary>
/// The client's pipeline over a bare chain of IHttpClientFactory, with the real SocketsHttpHandler below and connections that answer from
/// memory. Everything runs on one thread.
/// </summary>
internal sealed class PipelineQuickTable : IQuickTable, IDisposable
{
    private const int Batch = 2_000;

    // Connections are made once and then replaced by memory; somebody has to take them.
    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly List<ServiceProvider> _services = [];

    public string Title => "Call a service (GET, small body)";

    public IEnumerable<QuickRow> Rows()
    {
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen();
        var address = $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndPoint!).Port}/";
        yield return Row("bare IHttpClientFactory (the floor)", address, address, _ => { });
        yield return Row("here", address, "http://catalog/", services => services.AddCloudNativeHttp());
        yield return Row(
            "ServiceDefaults", address, "http://catalog/", services => AddPeer(services, http => http.AddStandardResilienceHandler()));
        yield return Row(
            "standard hedging", address, "http://catalog/", services => AddPeer(services, http => http.AddStandardHedgingHandler()));
    }

    public void Dispose()
    {
        _services.ForEach(services => services.Dispose());
        _listener.Dispose();
    }

    private static void AddPeer(IServiceCollection services, Action<IHttpClientBuilder> add)
    {
        services.AddServiceDiscovery();
        services.ConfigureHttpClientDefaults(http =>
        {
            add(http);
            http.AddServiceDiscovery();
        });
    }

    private QuickRow Row(string name, string address, string uri, Action<IServiceCollection> add)
    {
        var settings = new Dictionary<string, string?> { ["Services:catalog:http:0"] = address };
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(settings).Build());
        services.AddLogging();
        add(services);
        services.AddHttpClient("a").ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler
        {
            ActivityHeadersPropagator = null,
            PlaintextStreamFilter = (_, _) => ValueTask.FromResult<Stream>(new CannedStream()),
        });
        var provider = services.BuildServiceProvider();
        _services.Add(provider);
        var client = provider.GetRequiredService<IHttpClientFactory>().CreateClient("a");
        var target = new Uri(uri);
        return new QuickRow(name, times => Send(client, target, times), Batch);
    }

    private static void Send(HttpClient client, Uri uri, int times)
    {
        for (var count = 0; count < times; count++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, uri);
            using var answer = client.SendAsync(request).GetAwaiter().GetResult();
        }
    }
}
