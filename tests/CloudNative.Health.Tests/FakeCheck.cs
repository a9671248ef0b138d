using System.Diagnostics;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace CloudNative.Health.Tests;

/// <summary>A check that answers what the test wants, or hangs.</summary>
internal sealed class FakeCheck(string name, params string[] tags) : IHealthCheck
{
    private int _runs;
    private int _running;

    public string Name { get; } = name;

    public IReadOnlyList<string> Tags { get; } = tags;

    public HealthStatus Answer { get; set; } = HealthStatus.Healthy;

    /// <summary>While set, runs do not come back and do not heed their token.</summary>
    public TaskCompletionSource? Hang { get; set; }

    public int Runs => Volatile.Read(ref _runs);

    public int MostAtOnce { get; private set; }

    public ActivityTraceFlags? TraceFlags { get; private set; }

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        Interlocked.Increment(ref _runs);
        MostAtOnce = Math.Max(MostAtOnce, Interlocked.Increment(ref _running));
        TraceFlags = Activity.Current?.ActivityTraceFlags;
        if (Hang is { } hang)
        {
            await hang.Task;
        }

        Interlocked.Decrement(ref _running);
        return new HealthCheckResult(Answer, "as the test wants");
    }
}
