using CloudNative.Comparison.Load;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CloudNative.Comparison.Peers;

/// <summary>One way to call services, over HTTP or gRPC, as a host with a client for each name that is asked for.</summary>
internal sealed class Stack : IAsyncDisposable
{
    private readonly IHost _host;
    private readonly IAsyncDisposable? _beside;

    private readonly CreateCall? _call;

    private Stack(string name, IHost host, IAsyncDisposable? beside, CreateCall? call)
    {
        Name = name;
        _host = host;
        _beside = beside;
        _call = call;
    }

    public string Name { get; }

    public IServiceProvider Services => _host.Services;

    public HttpClient Client(string name) => Services.GetRequiredService<IHttpClientFactory>().CreateClient(name);

    /// <summary>What a caller does: one that may be repeated, and one that must not.</summary>
    /// <param name="safe">Whether it is a GET, or the method that stands for one.</param>
    public Call Call(bool safe = true) =>
        _call is null ? HttpCall.By(Client("a"), safe ? HttpMethod.Get : HttpMethod.Post) : _call(Services, safe);

    public static Stack Create(
        string name,
        IReadOnlyDictionary<string, string?> settings,
        Action<IServiceCollection> add,
        Action<IServiceCollection>? more = null,
        IAsyncDisposable? beside = null,
        CreateCall? call = null)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { EnvironmentName = "Production" });
        builder.Configuration.AddInMemoryCollection(settings);
        builder.Logging.SetMinimumLevel(LogLevel.None);
        builder.Services.AddMetrics();
        add(builder.Services);
        more?.Invoke(builder.Services);
        return new Stack(name, builder.Build(), beside, call);
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
