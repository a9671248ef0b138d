using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CloudNative.Comparison.Peers;

/// <summary>One way to call services, as a host with a client for each name that is asked for.</summary>
internal sealed class Stack : IAsyncDisposable
{
    private readonly IHost _host;
    private readonly IAsyncDisposable? _beside;

    private Stack(string name, IHost host, IAsyncDisposable? beside)
    {
        Name = name;
        _host = host;
        _beside = beside;
    }

    public string Name { get; }

    public IServiceProvider Services => _host.Services;

    public HttpClient Client(string name) => Services.GetRequiredService<IHttpClientFactory>().CreateClient(name);

    public static Stack Create(
        string name,
        IReadOnlyDictionary<string, string?> settings,
        Action<IServiceCollection> add,
        Action<IServiceCollection>? more = null,
        IAsyncDisposable? beside = null)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { EnvironmentName = "Production" });
        builder.Configuration.AddInMemoryCollection(settings);
        builder.Logging.SetMinimumLevel(LogLevel.None);
        builder.Services.AddMetrics();
        add(builder.Services);
        more?.Invoke(builder.Services);
        return new Stack(name, builder.Build(), beside);
    }

    public async ValueTask DisposeAsync()
    {
        await ((IAsyncDisposable)_host).DisposeAsync();
        if (_beside is not null)
        {
            await _beside.DisposeAsync();
        }
    }
}
