namespace CloudNative.Kubernetes;

/// <summary>One endpoint of a slice.</summary>
public sealed record KubernetesEndpoint
{
    /// <summary>Its addresses, all for the same endpoint; consumers use the first.</summary>
    public IReadOnlyList<string>? Addresses { get; init; }

    /// <summary>Whether it takes traffic.</summary>
    public KubernetesEndpointConditions? Conditions { get; init; }

    /// <summary>The host name within a headless Service.</summary>
    public string? Hostname { get; init; }

    /// <summary>The node that it runs on.</summary>
    public string? NodeName { get; init; }

    /// <summary>The zone that it runs in.</summary>
    public string? Zone { get; init; }

    /// <summary>The object behind it, a pod as a rule.</summary>
    public KubernetesReference? TargetRef { get; init; }

    /// <summary>Who should use it.</summary>
    public KubernetesEndpointHints? Hints { get; init; }
}
