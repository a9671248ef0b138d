using CloudNative.Discovery;

namespace CloudNative.Http.Settings;

/// <summary>The keys that this package understands.</summary>
internal static class HttpKeys
{
    /// <summary>What may stand in <c>CloudNative:Http</c> and in the section of a client.</summary>
    public static IReadOnlyList<string> OfClient { get; } =
    [
        nameof(ServiceClientOptions.Preset),
        nameof(ServiceClientOptions.Timeout),
        nameof(ServiceClientOptions.AttemptTimeout),
        nameof(ServiceClientOptions.ConnectTimeout),
        nameof(ServiceClientOptions.WaitForEndpoint),
        nameof(ServiceClientOptions.SendDeadline),
        $"{nameof(ServiceClientOptions.Hedging)}:{nameof(HedgingOptions.Enabled)}",
        $"{nameof(ServiceClientOptions.Hedging)}:{nameof(HedgingOptions.Percentile)}",
        $"{nameof(ServiceClientOptions.Hedging)}:{nameof(HedgingOptions.MinDelay)}",
        $"{nameof(ServiceClientOptions.Hedging)}:{nameof(HedgingOptions.BudgetRatio)}",
        $"{nameof(ServiceClientOptions.ConcurrencyLimit)}:{nameof(ConcurrencyLimitOptions.Enabled)}",
        $"{nameof(ServiceClientOptions.ConcurrencyLimit)}:{nameof(ConcurrencyLimitOptions.Minimum)}",
        $"{nameof(ServiceClientOptions.ConcurrencyLimit)}:{nameof(ConcurrencyLimitOptions.Maximum)}",
        $"{nameof(ServiceClientOptions.ConcurrencyLimit)}:{nameof(ConcurrencyLimitOptions.LatencyTolerance)}",
        $"{nameof(ServiceClientOptions.Retry)}:{nameof(RetryOptions.MaxAttempts)}",
        $"{nameof(ServiceClientOptions.Retry)}:{nameof(RetryOptions.Delay)}",
        $"{nameof(ServiceClientOptions.Retry)}:{nameof(RetryOptions.MaxDelay)}",
        $"{nameof(ServiceClientOptions.Retry)}:{nameof(RetryOptions.BufferLimit)}",
        $"{nameof(ServiceClientOptions.Retry)}:{nameof(RetryOptions.BudgetRatio)}",
        $"{nameof(ServiceClientOptions.Retry)}:{nameof(RetryOptions.BudgetReserve)}",
        .. LoadBalancers.Keys.Select(key => $"{nameof(ServiceClientOptions.LoadBalancing)}:{key}"),
    ];
}
