using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace CloudNative.Health.Evaluation;

/// <summary>What all checks together say. Immutable.</summary>
/// <param name="Ready">The worst of all checks; unhealthy until each has run.</param>
/// <param name="Live">The worst of those tagged <c>live</c>; one that has not run yet is no reason to restart.</param>
/// <param name="Startup">The worst of those tagged <c>startup</c>, until they have passed once.</param>
internal sealed record HealthSnapshot(HealthStatus Ready, HealthStatus Live, HealthStatus Startup)
{
    /// <summary>
    /// Derives the snapshot from the last results; <see langword="null"/> stands for a check that has not run.
    /// </summary>
    public static HealthSnapshot Of(
        IReadOnlyList<HealthCheckRegistration> checks, IReadOnlyList<CheckResult?> results, HealthSnapshot? previous)
    {
        var (ready, live, startup) = (HealthStatus.Healthy, HealthStatus.Healthy, HealthStatus.Healthy);
        for (var i = 0; i < checks.Count; i++)
        {
            var status = results[i]?.Status ?? HealthStatus.Unhealthy;
            ready = Worst(ready, status);
            if (checks[i].Tags.Contains(HealthTags.Startup))
            {
                startup = Worst(startup, status);
            }

            if (checks[i].Tags.Contains(HealthTags.Live) && results[i] is { } known)
            {
                live = Worst(live, known.Status);
            }
        }

        var passed = previous is not null && previous.Startup != HealthStatus.Unhealthy;
        return new HealthSnapshot(ready, live, passed ? HealthStatus.Healthy : startup);
    }

    private static HealthStatus Worst(HealthStatus left, HealthStatus right) => left < right ? left : right;
}
