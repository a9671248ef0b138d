using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace CloudNative.Health.Evaluation;

/// <summary>What all checks together say. Immutable.</summary>
/// <param name="Ready">The worst of all checks; unhealthy until each has run.</param>
/// <param name="Live">The worst of those tagged <c>live</c>; one that has not run yet is no reason to restart.</param>
/// <param name="Startup">The worst of those tagged <c>startup</c>, until they have passed once.</param>
internal sealed record HealthSnapshot(HealthStatus Ready, HealthStatus Live, HealthStatus Startup)
{
    /// <summary>Whether the checks tagged <c>startup</c> have all run and passed, now or before.</summary>
    public bool HasStarted { get; private init; }

    /// <summary>
    /// Derives the snapshot from the last results; <see langword="null"/> stands for a check that has not run
    /// and counts as <paramref name="unknown"/>.
    /// </summary>
    public static HealthSnapshot Of(
        IReadOnlyList<HealthCheckRegistration> checks,
        IReadOnlyList<CheckResult?> results,
        HealthStatus unknown,
        HealthSnapshot? previous)
    {
        var (ready, live, startup) = (HealthStatus.Healthy, HealthStatus.Healthy, HealthStatus.Healthy);
        var allRan = true;
        for (var i = 0; i < checks.Count; i++)
        {
            var status = results[i]?.Status ?? unknown;
            ready = Worst(ready, status);
            if (checks[i].Tags.Contains(HealthTags.Startup))
            {
                startup = Worst(startup, status);
                allRan &= results[i] is not null;
            }

            if (checks[i].Tags.Contains(HealthTags.Live) && results[i] is { } known)
            {
                live = Worst(live, known.Status);
            }
        }

        var before = previous is { HasStarted: true };
        return new HealthSnapshot(ready, live, before ? HealthStatus.Healthy : startup)
        {
            HasStarted = before || (allRan && startup != HealthStatus.Unhealthy),
        };
    }

    private static HealthStatus Worst(HealthStatus left, HealthStatus right) => left < right ? left : right;
}
