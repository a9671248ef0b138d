using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace CloudNative.Health.Evaluation;

/// <summary>What the last run of one check found.</summary>
/// <param name="Status">How it is.</param>
/// <param name="Description">Why, for the log only: probes never show it.</param>
/// <param name="Exception">What it threw.</param>
internal sealed record CheckResult(HealthStatus Status, string? Description = null, Exception? Exception = null);
