using System.Text.Json.Serialization;
using CloudNative.Kubernetes.Http;

namespace CloudNative.Kubernetes;

/// <summary>Who holds a lease. Times are the holder's own clock: compare them with nobody else's.</summary>
public sealed record KubernetesLeaseSpec
{
    /// <summary>Who holds it; <see langword="null"/> or empty for nobody.</summary>
    public string? HolderIdentity { get; init; }

    /// <summary>How many seconds others leave it alone after they saw it renewed.</summary>
    public int? LeaseDurationSeconds { get; init; }

    /// <summary>When the holder got it.</summary>
    [JsonConverter(typeof(MicroTimeConverter))]
    public DateTimeOffset? AcquireTime { get; init; }

    /// <summary>When the holder renewed it.</summary>
    [JsonConverter(typeof(MicroTimeConverter))]
    public DateTimeOffset? RenewTime { get; init; }

    /// <summary>How often it went from one holder to another.</summary>
    public int? LeaseTransitions { get; init; }
}
