namespace CloudNative.Kubernetes;

/// <summary>The names of what this package measures.</summary>
public static class KubernetesTelemetryNames
{
    /// <summary>The meter.</summary>
    public const string Meter = "CloudNative.Kubernetes";

    /// <summary>
    /// Histogram, seconds: time that one call to the API server took; of a watch, until the server took it.
    /// </summary>
    public const string CallDuration = "cloudnative.kubernetes.call.duration";

    /// <summary>
    /// Counter, <c>{list}</c>: times that an informer listed everything again, be it that the server no longer knew its
    /// state, or to find what went missing.
    /// </summary>
    public const string Relists = "cloudnative.kubernetes.relists";

    /// <summary>Counter, <c>{lease}</c>: leases that this process lost before it released them.</summary>
    public const string LostLeases = "cloudnative.kubernetes.leases.lost";

    /// <summary>
    /// Attribute: what was done, in the words of RBAC: <c>get</c>, <c>list</c>, <c>watch</c>, <c>create</c>,
    /// <c>update</c>, <c>patch</c>, <c>delete</c>.
    /// </summary>
    public const string VerbAttribute = "cloudnative.kubernetes.verb";

    /// <summary>Attribute: with what, such as <c>endpointslices</c>.</summary>
    public const string ResourceAttribute = "cloudnative.kubernetes.resource";

    /// <summary>Attribute: <c>ok</c> or <c>error</c>.</summary>
    public const string OutcomeAttribute = "cloudnative.kubernetes.outcome";

    /// <summary>Attribute: why it was listed again, <c>lost</c> (the server no longer knows the
    /// version, or may not) or <c>resync</c>.</summary>
    public const string CauseAttribute = "cloudnative.kubernetes.cause";
}
