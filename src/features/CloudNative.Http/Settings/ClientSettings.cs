using CloudNative.Discovery;
using CloudNative.Http.Retries;

namespace CloudNative.Http.Settings;

/// <summary>
/// The options of one client, checked and frozen; replaced as a whole when configuration is reloaded.
/// </summary>
internal sealed class ClientSettings(
    ServiceClientOptions options, LoadBalancer? balancer, Func<HttpRequestMessage, bool>[] idempotent)
{
    public bool Enabled { get; } = options.Enabled;

    public TimeSpan Timeout { get; } = options.Timeout;

    public TimeSpan AttemptTimeout { get; } = options.AttemptTimeout;

    public TimeSpan ConnectTimeout { get; } = options.ConnectTimeout;

    public TimeSpan WaitForEndpoint { get; } = options.WaitForEndpoint;

    public DeadlineSending SendDeadline { get; } = options.SendDeadline;

    public int MaxAttempts { get; } = options.Retry.MaxAttempts;

    public bool IsHedged { get; } = options.Hedging.Enabled;

    public double HedgingPercentile { get; } = options.Hedging.Percentile;

    public TimeSpan HedgingMinDelay { get; } = options.Hedging.MinDelay;

    public double HedgingBudgetRatio { get; } = options.Hedging.BudgetRatio;

    public bool IsLimited { get; } = options.ConcurrencyLimit.Enabled;

    public int LimitMinimum { get; } = options.ConcurrencyLimit.Minimum;

    public int LimitMaximum { get; } = options.ConcurrencyLimit.Maximum;

    public double LimitTolerance { get; } = options.ConcurrencyLimit.LatencyTolerance;

    public int BufferLimit { get; } = options.Retry.BufferLimit;

    public TimeSpan RetryDelay { get; } = options.Retry.Delay;

    public TimeSpan MaxRetryDelay { get; } = options.Retry.MaxDelay;

    public double BudgetRatio { get; } = options.Retry.BudgetRatio;

    public int BudgetReserve { get; } = options.Retry.BudgetReserve;

    public LoadBalancer? Balancer { get; } = balancer;

    /// <summary>Whether sending a request twice does no harm: what it says of itself, else its method and key, else its client.</summary>
    public bool IsIdempotent(HttpRequestMessage request) =>
        Idempotency.IsIdempotent(request)
        ?? (idempotent.Length > 0 && Array.Exists(idempotent, areIdempotent => areIdempotent(request)));
}
