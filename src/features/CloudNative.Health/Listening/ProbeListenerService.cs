using CloudNative.Lifecycle;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CloudNative.Health.Listening;

/// <summary>
/// Opens <c>CloudNative:Health:Port</c> when no web server of this process listens on it: in a worker, and in a web
/// service whose server has other ports.
/// </summary>
internal sealed partial class ProbeListenerService(
    IServiceProvider services,
    IHostModeProvider mode,
    IOptions<HealthOptions> options,
    TimeProvider time,
    ILogger<ProbeListenerService> logger) : IHostedLifecycleService, IAsyncDisposable
{
    private ProbeListener? _listener;

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken)
    {
        var health = options.Value;
        if (health is { Enabled: true, Port: { } port } && mode.Mode == HostMode.Service && !WebServerListensOn(port))
        {
            var probes = services.GetRequiredService<IHealthProbes>();
            _listener = ProbeListener.Open(port, probes, health.Paths, time);
            LogOpened(port);
        }

        return Task.CompletedTask;
    }

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    // Last of all: probes are to see that the service stops, not that it is gone.
    public async Task StoppedAsync(CancellationToken cancellationToken) => await DisposeAsync().ConfigureAwait(false);

    public async ValueTask DisposeAsync()
    {
        if (_listener is not null)
        {
            await _listener.DisposeAsync().ConfigureAwait(false);
        }
    }

    private bool WebServerListensOn(int port) =>
        services.GetService<IListeningAddresses>()?.GetAddresses().Any(address => address.Port == port) ?? false;

    [LoggerMessage(1, LogLevel.Debug, "Opened port {Port} for health probes.")]
    private partial void LogOpened(int port);
}
