using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CloudNative.Lifecycle;

/// <summary>
/// Drives the lifecycle from the host's own phases (decision 9): <c>StartedAsync</c> runs when the port is open,
/// <c>StoppingAsync</c> while it still is.
/// </summary>
internal sealed partial class LifecycleService(
    ServiceLifecycle lifecycle,
    IServiceProvider services,
    IHostModeProvider mode,
    IHostApplicationLifetime host,
    IOptions<LifecycleOptions> options,
    TimeProvider time,
    ILogger<LifecycleService> logger) : IHostedLifecycleService, IDisposable
{
    // Hosted services are made before options are validated. Participants read their options, so they are made after it.
    private readonly Lazy<ParticipantRunner> _participants = new(services.GetRequiredService<ParticipantRunner>);
    private readonly Lock _stopping = new();
    private CancellationTokenRegistration _stopRequested;
    private Task? _stopped;
    private bool _announced;

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StartedAsync(CancellationToken cancellationToken)
    {
        // The host tells of a stop before it asks anybody to stop: readiness falls at the signal, not when our turn
        // comes.
        _stopRequested = host.ApplicationStopping.Register(() => lifecycle.TryAdvance(LifecyclePhase.Withdrawing));
        if (mode.Mode == HostMode.DesignTime || !lifecycle.TryAdvance(LifecyclePhase.Started))
        {
            return;
        }

        _announced = true;
        await _participants.Value.AnnounceAsync(cancellationToken).ConfigureAwait(false);
        services.GetRequiredService<StartSummary>().Write();
    }

    // Whoever disposes a host while it runs stops it twice, at once: both wait for the same stop.
    public Task StoppingAsync(CancellationToken cancellationToken)
    {
        lock (_stopping)
        {
            return _stopped ??= StopOnceAsync(cancellationToken);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => _stopRequested.Dispose();

    private async Task StopOnceAsync(CancellationToken cancellationToken)
    {
        lifecycle.TryAdvance(LifecyclePhase.Withdrawing);
        if (_announced)
        {
            await WithdrawAsync(cancellationToken).ConfigureAwait(false);
            lifecycle.TryAdvance(LifecyclePhase.Draining);
            await DrainAsync(cancellationToken).ConfigureAwait(false);
        }

        lifecycle.TryAdvance(LifecyclePhase.Stopped);
    }

    private async Task WithdrawAsync(CancellationToken cancellationToken)
    {
        var wanted = await _participants.Value.WithdrawAsync(cancellationToken).ConfigureAwait(false);
        var longest = options.Value.PropagationTimeout;
        var wait = wanted < longest ? wanted : longest;
        if (wait <= TimeSpan.Zero || mode.Mode == HostMode.Test)
        {
            return;
        }

        LogWaiting(wait.TotalSeconds);
        await Task.Delay(wait, time, cancellationToken)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task DrainAsync(CancellationToken cancellationToken)
    {
        var budget = mode.Mode == HostMode.Test ? TimeSpan.Zero : options.Value.DrainTimeout;
        var begun = time.GetTimestamp();
        var unfinished = await _participants.Value.DrainAsync(budget, cancellationToken).ConfigureAwait(false);
        if (mode.Mode == HostMode.Test)
        {
            return;
        }

        if (unfinished.Count == 0)
        {
            LogDrained(time.GetElapsedTime(begun).TotalSeconds);
        }
        else
        {
            LogDrainCutShort(string.Join(", ", unfinished), budget.TotalSeconds);
        }
    }
}
