namespace CloudNative.Kubernetes;

/// <summary>Names another object.</summary>
public sealed record KubernetesReference
{
    /// <summary>Its kind.</summary>
    public string? Kind { get; init; }

    /// <summary>Its namespace.</summary>
    public string? Namespace { get; init; }

    /// <summary>Its name.</summary>
    public string? Name { get; init; }

    /// <summary>Its uid.</summary>
    public string? Uid { get; init; }
}
