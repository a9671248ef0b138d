namespace CloudNative.Kubernetes.Meshes;

/// <summary>The proxy of a service mesh, and where it says in its pod that it is ready.</summary>
internal sealed record MeshSidecar(string Mesh, Uri Address)
{
    /// <summary>
    /// Those that can be told apart from other containers:
    /// https://istio.io/latest/docs/ops/deployment/application-requirements/ and
    /// https://linkerd.io/2/reference/proxy-configuration/.
    /// </summary>
    public static IReadOnlyList<MeshSidecar> All { get; } =
    [
        new("Istio", new Uri("http://127.0.0.1:15021/healthz/ready")),
        new("Linkerd", new Uri("http://127.0.0.1:4191/ready")),
    ];
}
