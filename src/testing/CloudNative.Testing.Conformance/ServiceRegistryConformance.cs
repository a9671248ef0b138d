using CloudNative.Discovery;
using CloudNative.Testing.Conformance.Watching;

namespace CloudNative.Testing.Conformance;

/// <summary>
/// What every registry and the source beside it must do. Derive a test class from it, once for each way to reach the
/// registry, and run it with xunit v3. Each test gets a subject of its own.
/// </summary>
public abstract partial class ServiceRegistryConformance : IAsyncLifetime
{
    private readonly List<WatchRecorder> _watches = [];

    /// <summary>How long a test waits for the registry to come round. Default 30 s.</summary>
    protected virtual TimeSpan Patience => TimeSpan.FromSeconds(30);

    /// <summary>The subject of the running test.</summary>
    protected RegistrySubject Subject { get; private set; } = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    /// <summary>Makes a registry that holds nothing.</summary>
    /// <returns>The subject; the suite disposes it.</returns>
    protected abstract ValueTask<RegistrySubject> CreateAsync();

    /// <inheritdoc/>
    public async ValueTask InitializeAsync() => Subject = await CreateAsync();

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var watch in _watches)
        {
            await watch.DisposeAsync();
        }

        await Subject.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    private static ServiceInstance Instance(string service, string id, int port = 5000) =>
        new() { Service = service, Id = id, Endpoints = [new InstanceEndpoint("http", "127.0.0.1", port)] };

    private WatchRecorder Watch(string service)
    {
        var watch = new WatchRecorder(Subject.Source, service, Patience);
        _watches.Add(watch);
        return watch;
    }

    private ValueTask<IServiceRegistration> RegisterAsync(string service, string id, int port = 5000) =>
        Subject.Registry.RegisterAsync(Instance(service, id, port), Cancelled);
}
