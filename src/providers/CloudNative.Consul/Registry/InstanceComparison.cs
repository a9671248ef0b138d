using CloudNative.Discovery;

namespace CloudNative.Consul.Registry;

/// <summary>Whether an answer says anything new: the agent also answers when a check was only answered again.</summary>
internal static class InstanceComparison
{
    public static bool IsSame(EndpointUpdate? left, EndpointUpdate right) =>
        left is not null
        && left.Kind == right.Kind
        && left.Reason == right.Reason
        && left.IsConfirmed == right.IsConfirmed
        && left.Instances.Count == right.Instances.Count
        && left.Instances.Zip(right.Instances).All(pair => IsSame(pair.First, pair.Second));

    private static bool IsSame(ServiceInstance left, ServiceInstance right) =>
        left with { Endpoints = right.Endpoints, Metadata = right.Metadata } == right
        && left.Endpoints.SequenceEqual(right.Endpoints)
        && left.Metadata.Count == right.Metadata.Count
        && left.Metadata.All(pair => right.Metadata.TryGetValue(pair.Key, out var value) && value == pair.Value);
}
