using System.Collections.Frozen;
using CloudNative.Discovery.Balancing;

namespace CloudNative.Discovery;

/// <summary>
/// How one client chooses among the instances of a service, ready to be used with <see cref="PickRequest.Balancer"/>.
/// Made by
/// <see cref="LoadBalancers.Get"/>; equal settings give the same object, and a change of settings leaves the statistics
/// of the instances alone. Immutable.
/// </summary>
public sealed class LoadBalancer
{
    internal LoadBalancer(BalancingSettings settings, ILoadBalancingPolicy? policy)
    {
        Settings = settings;
        RequiredMetadata = settings.RequiredMetadata.ToFrozenDictionary(
            pair => pair.Key, pair => pair.Value, StringComparer.OrdinalIgnoreCase);
        Implementation = policy;
    }

    /// <summary>The name of the policy.</summary>
    public string Policy => Settings.Policy;

    /// <summary>The request header whose value is the key of a call; <see langword="null"/> for none.</summary>
    public string? KeyHeader => Settings.KeyHeader;

    /// <summary>
    /// The pairs that an instance must have; see <see cref="LoadBalancingOptions.RequiredMetadata"/>.
    /// </summary>
    public IReadOnlyDictionary<string, string> RequiredMetadata { get; }

    internal BalancingSettings Settings { get; }

    /// <summary>The policy; <see langword="null"/> for power of two choices.</summary>
    internal ILoadBalancingPolicy? Implementation { get; }
}
