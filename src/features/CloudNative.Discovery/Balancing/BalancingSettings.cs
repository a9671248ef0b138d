namespace CloudNative.Discovery.Balancing;

/// <summary>The options of a client, frozen and comparable.</summary>
internal sealed record BalancingSettings(string Policy, string? KeyHeader)
{
    public static BalancingSettings Of(LoadBalancingOptions options, string policy) => new(policy, options.KeyHeader);
}
