using CloudNative.Leases;
using CloudNative.Providers;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CloudNative.Hosting.Leadership;

/// <summary>Stands for election until the host stops, and runs the service while this process leads.</summary>
/// <typeparam name="T">The service.</typeparam>
/// <param name="services">Where leases and the service come from.</param>
/// <param name="lease">The name of the lease.</param>
/// <param name="options">How the leader is chosen.</param>
/// <param name="timeProvider">The clock.</param>
/// <param name="metrics">Whether this process leads.</param>
/// <param name="logger">Who leads, and what went wrong.</param>
internal sealed partial class LeaderElection<T>(
    IServiceProvider services,
    string lease,
    LeaderElectionOptions options,
    TimeProvider timeProvider,
    LeaderMetrics metrics,
    ILogger<T> logger)
    : BackgroundService
    where T : class, ILeaderService
{
    private const double Spread = 0.2;

    private readonly ILogger _logger = logger;
    private ILeaseProvider? _leases;
    private bool _isUnreachable;

    /// <summary>Fails when no provider serves leases; a test's host leads without one.</summary>
    public override Task StartAsync(CancellationToken cancellationToken)
    {
        var isAlone = services.GetRequiredService<IHostModeProvider>().Mode == HostMode.Test
            && services.GetRequiredService<IProviderSelector>().Choose(CloudNativeFeatures.Leases).Provider is null;
        _leases = isAlone ? null : services.GetRequiredService<ILeaseProvider>();
        return base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            if (await TryAcquireAsync(stoppingToken).ConfigureAwait(false) is { } leadership)
            {
                await LeadAsync(leadership, stoppingToken).ConfigureAwait(false);
            }

            // Replicas that were started together do not go on asking together.
            var pause = options.RetryInterval * (1 + (Spread * ((2 * Random.Shared.NextDouble()) - 1)));
            await Task.Delay(pause, timeProvider, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<ILease?> TryAcquireAsync(CancellationToken stoppingToken)
    {
        try
        {
            var leadership = _leases is null
                ? new SoleLease(lease)
                : await _leases.TryAcquireAsync(lease, options.LeaseDuration, stoppingToken).ConfigureAwait(false);
            if (_isUnreachable)
            {
                _isUnreachable = false;
                LogReachable(typeof(T).Name);
            }

            return leadership;
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            return null;
        }
        catch (LeaseException exception)
        {
            if (!_isUnreachable)
            {
                _isUnreachable = true;
                LogUnreachable(typeof(T).Name, exception.Message);
            }

            return null;
        }
    }

    private async Task LeadAsync(ILease leadership, CancellationToken stoppingToken)
    {
        LogLeads(typeof(T).Name, lease, leadership.FencingToken);
        metrics.Leads(lease);
        var reason = "returned";
        await using (leadership.ConfigureAwait(false))
        {
            using var ending = CancellationTokenSource.CreateLinkedTokenSource(leadership.Lost, stoppingToken);
            try
            {
                var scope = services.CreateAsyncScope();
                await using (scope.ConfigureAwait(false))
                {
                    await scope.ServiceProvider.GetRequiredService<T>().RunAsync(leadership, ending.Token).ConfigureAwait(false);
                }
            }
            catch (OperationCanceledException) when (ending.IsCancellationRequested)
            {
                reason = "stopped";
            }
            catch (Exception exception)
            {
                reason = "failed";
                LogFailed(exception, typeof(T).Name, lease);
            }

            if (leadership.Lost.IsCancellationRequested)
            {
                reason = "lost";
                LogLost(typeof(T).Name, lease);
            }

            metrics.Ended(lease, reason);
        }
    }
}
