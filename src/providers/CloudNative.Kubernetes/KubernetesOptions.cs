namespace CloudNative.Kubernetes;

/// <summary>
/// Where the API server is and who asks. Section <c>CloudNative:Kubernetes</c>; what it leaves out is what Kubernetes
/// puts into every pod (https://kubernetes.io/docs/tasks/run-application/access-api-from-pod/). Read once, at first
/// use; the files of the token and of the authority are read again as they are replaced.
/// </summary>
public sealed class KubernetesOptions
{
    /// <summary>The configuration section.</summary>
    public const string SectionName = "CloudNative:Kubernetes";

    /// <summary>
    /// The API server: <c>https://host:port</c>, or <c>http://</c> for <c>kubectl proxy</c> and tests. Default: that of
    /// the cluster, by <c>KUBERNETES_SERVICE_HOST</c> and <c>KUBERNETES_SERVICE_PORT</c>.
    /// </summary>
    public string? Server { get; set; }

    /// <summary>
    /// A bearer token, for tests and laptops. <see cref="TokenFile"/> outweighs it. Default: none.
    /// </summary>
    public string? Token { get; set; }

    /// <summary>
    /// A file that holds the bearer token, read at every call: a projected service account token is replaced before it
    /// expires. Default: the pod's own when <see cref="Server"/> is the cluster's; else none.
    /// </summary>
    public string? TokenFile { get; set; }

    /// <summary>
    /// A PEM file with the authorities that may have signed the server's certificate, read at every handshake; no other
    /// is trusted then. Default: the pod's own when <see cref="Server"/> is the cluster's; else those of the system.
    /// </summary>
    public string? CaFile { get; set; }

    /// <summary>A PEM file with the certificate shown to the server, for laptops. Default: none.</summary>
    public string? ClientCertificateFile { get; set; }

    /// <summary>A PEM file with the key of <see cref="ClientCertificateFile"/>. Default: none.</summary>
    public string? ClientKeyFile { get; set; }

    /// <summary>
    /// The namespace of this service. Default: the pod's own; outside of a cluster <c>default</c>.
    /// </summary>
    public string? Namespace { get; set; }

    /// <summary>
    /// Where to write, instead of starting, a ServiceAccount with a Role and a RoleBinding for exactly what this
    /// service asks of the API server by its configuration: <c>--CloudNative:Kubernetes:RbacFile=rbac.yaml</c>.
    /// Default: none.
    /// </summary>
    public string? RbacFile { get; set; }

    /// <summary>
    /// How long a call may take that waits for nothing, and a watch until the server takes it. Default 10 s; 1 s to 1
    /// min.
    /// </summary>
    public TimeSpan CallTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How other services are found.</summary>
    public KubernetesDiscoveryOptions Discovery { get; set; } = new();

    /// <summary>Where leases are kept.</summary>
    public KubernetesLeaseOptions Leases { get; set; } = new();

    /// <summary>How kinds are followed.</summary>
    public KubernetesWatchOptions Watch { get; set; } = new();
}
