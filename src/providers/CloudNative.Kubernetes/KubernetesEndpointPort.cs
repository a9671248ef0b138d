namespace CloudNative.Kubernetes;

/// <summary>A port of the endpoints of a slice.</summary>
public sealed record KubernetesEndpointPort
{
    /// <summary>The port's name in the Service; empty for its only one.</summary>
    public string? Name { get; init; }

    /// <summary><c>TCP</c>, <c>UDP</c> or <c>SCTP</c>.</summary>
    public string? Protocol { get; init; }

    /// <summary>The number; <see langword="null"/> for all.</summary>
    public int? Port { get; init; }

    /// <summary>What is spoken there, such as <c>http</c> or <c>kubernetes.io/h2c</c>.</summary>
    public string? AppProtocol { get; init; }
}
