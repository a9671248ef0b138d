using CloudNative.Lifecycle;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CloudNative.Health.Evaluation;

/// <summary>
/// Holds the last result of each check and derives readiness from them and the lifecycle. Reads take no lock and
/// allocate nothing; writes come from the checks' loops.
/// </summary>
internal sealed partial class HealthState : IReadinessSource, IDisposable
{
    private readonly IServiceLifecycle _lifecycle;
    private readonly ILogger<HealthState> _logger;
    private readonly Lock _writing = new();
    private readonly HealthCheckRegistration[] _checks;
    private readonly CheckResult?[] _results;
    private readonly CancellationTokenRegistration _withdrawing;
    private readonly HealthStatus _unknown;
    private HealthSnapshot _snapshot;
    private TaskCompletionSource _changed = NewSignal();

    public HealthState(
        IServiceLifecycle lifecycle,
        IHostModeProvider mode,
        IOptions<HealthOptions> options,
        IOptions<HealthCheckServiceOptions> registered,
        ILogger<HealthState> logger)
    {
        _lifecycle = lifecycle;
        _logger = logger;
        _checks = options.Value.Enabled ? [.. registered.Value.Registrations] : [];
        _results = new CheckResult?[_checks.Length];
        // Where nothing runs in the background, nobody waits for a first run that never comes.
        _unknown = mode.Mode == HostMode.Service ? HealthStatus.Unhealthy : HealthStatus.Healthy;
        _snapshot = HealthSnapshot.Of(_checks, _results, _unknown, previous: null);
        _withdrawing = lifecycle.Withdrawing.Register(Signal);
    }

    /// <summary>The checks, in the order of their registration.</summary>
    public IReadOnlyList<HealthCheckRegistration> Checks => _checks;

    public bool IsReady => Read(HealthProbe.Ready) != HealthStatus.Unhealthy;

    /// <summary>The last known answer to a probe.</summary>
    public HealthStatus Read(HealthProbe probe)
    {
        var phase = _lifecycle.Phase;
        var snapshot = Volatile.Read(ref _snapshot);
        return probe switch
        {
            HealthProbe.Live => snapshot.Live,
            HealthProbe.Startup when phase >= LifecyclePhase.Started => snapshot.Startup,
            HealthProbe.Ready when phase == LifecyclePhase.Started => snapshot.Ready,
            _ => HealthStatus.Unhealthy,
        };
    }

    public async Task WaitForChangeAsync(bool seen, CancellationToken cancellationToken)
    {
        while (true)
        {
            // The signal before the state: a change in between completes the signal we hold.
            var changed = Volatile.Read(ref _changed).Task;
            if (IsReady != seen)
            {
                return;
            }

            await changed.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Takes in the result of one check.</summary>
    public void Set(int check, CheckResult result)
    {
        lock (_writing)
        {
            var before = _results[check];
            _results[check] = result;
            var previous = _snapshot;
            var next = HealthSnapshot.Of(_checks, _results, _unknown, previous);
            Volatile.Write(ref _snapshot, next);
            LogChanges(_checks[check].Name, before, result, previous, next);
        }

        Signal();
    }

    /// <summary>Wakes whoever waits for a change; also called when the service has started.</summary>
    public void Signal() => Interlocked.Exchange(ref _changed, NewSignal()).TrySetResult();

    public void Dispose() => _withdrawing.Dispose();

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
