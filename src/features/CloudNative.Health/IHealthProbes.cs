using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace CloudNative.Health;

/// <summary>Answers the probes of this process. A singleton; thread-safe.</summary>
public interface IHealthProbes
{
    /// <summary>
    /// Tells the last known state. Completes at once, without allocation and without running a check; only in
    /// <see cref="HostMode.Test"/>, where nothing runs in the background, are the checks run for it.
    /// </summary>
    /// <param name="probe">What is asked.</param>
    /// <param name="cancellationToken">Ends the wait for checks.</param>
    /// <returns>
    /// <see cref="HealthStatus.Unhealthy"/> means no (503); <see cref="HealthStatus.Degraded"/> means yes, less well
    /// (200).
    /// </returns>
    ValueTask<HealthStatus> ProbeAsync(HealthProbe probe, CancellationToken cancellationToken);
}
