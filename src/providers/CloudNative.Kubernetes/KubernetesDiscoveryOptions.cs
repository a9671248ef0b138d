namespace CloudNative.Kubernetes;

/// <summary>How other services are found. Section <c>CloudNative:Kubernetes:Discovery</c>.</summary>
public sealed class KubernetesDiscoveryOptions
{
    /// <summary>Where instances come from. Default <see cref="KubernetesDiscoverySource.Names"/>.</summary>
    public KubernetesDiscoverySource Source { get; set; }

    /// <summary>
    /// Namespaces beside this service's own whose Services it calls, as <c>catalog.billing</c>. Each needs a
    /// RoleBinding of its own. Default: none.
    /// </summary>
    public IList<string> Namespaces { get; } = [];

    /// <summary>
    /// The names of ports that DNS is asked for, in the order of preference: the first stands for the unnamed endpoint
    /// where none is called <c>http</c>, <c>https</c> or <c>default</c>. Default: <c>http</c>, <c>https</c> and
    /// <c>grpc</c>.
    /// </summary>
    public IList<string> PortNames { get; } = [];

    /// <summary>
    /// The domain of the cluster. Default: the one in the pod's <c>/etc/resolv.conf</c>, else <c>cluster.local</c>.
    /// </summary>
    public string? ClusterDomain { get; set; }

    /// <summary>
    /// The server of DNS to ask, as an address with or without a port: <c>10.96.0.10</c>. Default: those of the system.
    /// </summary>
    public string? DnsServer { get; set; }
}
