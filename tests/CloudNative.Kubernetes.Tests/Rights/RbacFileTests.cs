using CloudNative.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace CloudNative.Kubernetes.Tests.Rights;

public sealed class RbacFileTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    [Fact]
    public void TryRun_NothingOfTheApiIsUsed_WritesAnAccountWithoutAToken() => Assert.Equal(
        """
        # What orders asks of the API server of Kubernetes, and nothing else.
        apiVersion: v1
        kind: ServiceAccount
        metadata: { name: orders, namespace: shop }
        automountServiceAccountToken: false

        """,
        Write());

    [Fact]
    public void TryRun_DiscoveryAndLeases_WritesARoleForEachNamespace()
    {
        var yaml = Write(
            "--CloudNative:Kubernetes:Discovery:Source=EndpointSlices",
            "--CloudNative:Kubernetes:Discovery:Namespaces:0=billing",
            "--CloudNative:Leases:Provider=kubernetes");
        Assert.Equal(
            """
            # What orders asks of the API server of Kubernetes, and nothing else.
            apiVersion: v1
            kind: ServiceAccount
            metadata: { name: orders, namespace: shop }
            ---
            apiVersion: rbac.authorization.k8s.io/v1
            kind: Role
            metadata: { name: orders, namespace: shop }
            rules:
              # finds the pods of Services
              - apiGroups: ["discovery.k8s.io"]
                resources: [endpointslices]
                verbs: [list, watch]
              # keeps leases
              - apiGroups: ["coordination.k8s.io"]
                resources: [leases]
                verbs: [get, list, watch, create, patch]
            ---
            apiVersion: rbac.authorization.k8s.io/v1
            kind: RoleBinding
            metadata: { name: orders, namespace: shop }
            roleRef: { apiGroup: rbac.authorization.k8s.io, kind: Role, name: orders }
            subjects:
              - { kind: ServiceAccount, name: orders, namespace: shop }
            ---
            apiVersion: rbac.authorization.k8s.io/v1
            kind: Role
            metadata: { name: orders, namespace: billing }
            rules:
              # finds the pods of Services
              - apiGroups: ["discovery.k8s.io"]
                resources: [endpointslices]
                verbs: [list, watch]
            ---
            apiVersion: rbac.authorization.k8s.io/v1
            kind: RoleBinding
            metadata: { name: orders, namespace: billing }
            roleRef: { apiGroup: rbac.authorization.k8s.io, kind: Role, name: orders }
            subjects:
              - { kind: ServiceAccount, name: orders, namespace: shop }

            """,
            yaml);
    }

    public void Dispose() => _directory.Dispose();

    private string Write(params string[] arguments)
    {
        var file = Path.Combine(_directory.Path, "rbac.yaml");
        var builder = Host.CreateApplicationBuilder(
        [
            "--CloudNative:Service:Name=orders",
            "--CloudNative:Kubernetes:Namespace=shop",
            $"--CloudNative:Kubernetes:RbacFile={file}",
            .. arguments,
        ]);
        builder.AddCloudNative(cloud => cloud.UseKubernetes());
        using var host = builder.Build();
        Assert.Contains(host.Services.GetServices<IHostCommand>(), command => command.TryRun());
        return File.ReadAllText(file);
    }
}
