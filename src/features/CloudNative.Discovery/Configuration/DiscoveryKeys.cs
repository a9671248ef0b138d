namespace CloudNative.Discovery.Configuration;

/// <summary>The keys below <c>CloudNative:Discovery</c> that this package understands.</summary>
internal static class DiscoveryKeys
{
    public static IReadOnlyList<string> All { get; } =
    [
        "Enabled", "Provider", "Register", "Balancing", "FirstAnswerTimeout", "EmptyAnswerGracePeriod", "IdleTimeout", "AllowedSchemes:*",
        "Ejection:Enabled", "Ejection:ConsecutiveFailures", "Ejection:BaseDuration", "Ejection:MaxDuration", "Ejection:MaxPercent",
        "Ejection:Interval", "Ejection:MinimumVolume", "Ejection:SuccessRate", "Ejection:SuccessRateDeviations", "Ejection:LatencyFactor",
        "Advertise:Host", "Advertise:Port", "Advertise:Scheme", "Advertise:Network",
    ];
}
