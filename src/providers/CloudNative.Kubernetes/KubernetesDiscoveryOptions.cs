namespace CloudNative.Kubernetes;

/// <summary>How other services are found. Section <c>CloudNative:Kubernetes:Discovery</c>.</summary>
public sealed class KubernetesDiscoveryOptions
{
    /// <summary>Where instances come from. Default <see cref="KubernetesDiscoverySource.Names"/>.</summary>
    public KubernetesDiscoverySource Source { get; set; }

    /// <summary>
    /// Namespaces beside this service's own whose Services it calls, as <c>catalog.billing</c>. Each needs a RoleBinding
    /// of its own. Default: none.
    /// </summary>
    public IList<string> Namespaces { get; } = [];
}
