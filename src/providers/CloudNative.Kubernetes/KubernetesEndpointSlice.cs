namespace CloudNative.Kubernetes;

/// <summary>
/// An EndpointSlice, discovery.k8s.io/v1
/// (https://kubernetes.io/docs/reference/kubernetes-api/service-resources/endpoint-slice-v1/): some of the endpoints of
/// a Service. One Service has several.
/// </summary>
public sealed record KubernetesEndpointSlice : KubernetesObject
{
    /// <summary>The label that names the Service.</summary>
    public const string ServiceNameLabel = "kubernetes.io/service-name";

    /// <summary><c>IPv4</c>, <c>IPv6</c> or <c>FQDN</c>.</summary>
    public string? AddressType { get; init; }

    /// <summary>The endpoints; <see langword="null"/> for none.</summary>
    public IReadOnlyList<KubernetesEndpoint>? Endpoints { get; init; }

    /// <summary>The ports of every endpoint of this slice; <see langword="null"/> for none.</summary>
    public IReadOnlyList<KubernetesEndpointPort>? Ports { get; init; }
}
