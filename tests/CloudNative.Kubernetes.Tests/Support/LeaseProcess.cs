using System.Diagnostics.Metrics;
using CloudNative.Kubernetes.Leases;
using CloudNative.Kubernetes.Telemetry;
using CloudNative.TestSupport.Leases;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;

namespace CloudNative.Kubernetes.Tests.Support;

/// <summary>
/// A process that takes leases, with a clock of its own. Its watch goes by the system's: one that begins again rests before, also while
/// that clock stands still.
/// </summary>
internal sealed class LeaseProcess : IAsyncDisposable
{
    private readonly KubernetesInformers _informers;
    private readonly LoggerFactory _loggers;
    private readonly KubernetesMetrics _metrics;
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();

    public LeaseProcess(KubernetesOptions options, HttpMessageHandler handler)
    {
        Watches = new PausableHandler(handler);
        Api = new KubernetesApi(options, handler: Watches);
        _loggers = new LoggerFactory([new FakeLoggerProvider(Logs)]);
        _informers = new KubernetesInformers(Api, _loggers.CreateLogger<KubernetesInformers>());
        _metrics = new KubernetesMetrics(Clock, Meters);
        Leases = new KubernetesLeaseProvider(
            () => Api,
            () => _informers,
            options,
            new ServiceInfo { Name = "orders", InstanceId = "orders-1" },
            Clock,
            _metrics,
            _loggers.CreateLogger<HeldKubernetesLease>());
    }

    public LeaseClock Clock { get; } = new();

    public IMeterFactory Meters => _services.GetRequiredService<IMeterFactory>();

    public FakeLogCollector Logs { get; } = new();

    public PausableHandler Watches { get; }

    public KubernetesApi Api { get; }

    public KubernetesLeaseProvider Leases { get; }

    public async ValueTask DisposeAsync()
    {
        Watches.Resume();
        await Leases.DisposeAsync();
        await _informers.DisposeAsync();
        Api.Dispose();
        _metrics.Dispose();
        _loggers.Dispose();
        await _services.DisposeAsync();
    }
}
