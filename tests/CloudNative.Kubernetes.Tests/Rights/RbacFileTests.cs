using CloudNative.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace CloudNative.Kubernetes.Tests.Rights;

public sealed class RbacFileTests(KubernetesServer server) : IClassFixture<KubernetesServer>, IDisposable
{
    private const string Rbac = "/apis/rbac.authorization.k8s.io/v1/namespaces";

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

    [Fact]
    public void TryRun_WhereThePlatformBalances_AsksForNoSlices() => Assert.DoesNotContain(
        "endpointslices",
        Write("--CloudNative:Kubernetes:Discovery:Source=EndpointSlices", "--CloudNative:Discovery:Balancing=Platform"),
        StringComparison.Ordinal);

    [Fact]
    public void TryRun_FilesThatAreMountedInTheCluster_NeedNotBeHere() => Assert.Contains(
        "ServiceAccount",
        Write(configuration => configuration.AddKubernetesFiles("/nowhere/of/this/machine")),
        StringComparison.Ordinal);

    [Fact]
    public void TryRun_ObjectsAsConfiguration_NeedNoClusterAndAreNamed()
    {
        var yaml = Write(configuration => configuration.AddKubernetesConfigMap("settings").AddKubernetesSecret("db"));
        Assert.Contains(
            """
              # reads ConfigMap settings
              - apiGroups: [""]
                resources: [configmaps]
                verbs: [list, watch]
                resourceNames: ["settings"]
              # reads Secret db
              - apiGroups: [""]
                resources: [secrets]
                verbs: [list, watch]
                resourceNames: ["db"]
            """,
            yaml,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task TryRun_EverythingInUse_IsTakenByAnApiServer()
    {
        await server.StartAsync();
        foreach (var place in (string[])["shop", "billing"])
        {
            await server.ApplyAsync($"/api/v1/namespaces/{place}", $"apiVersion: v1\nkind: Namespace\nmetadata: {{ name: {place} }}");
        }

        var yaml = Write(
            configuration => configuration.AddKubernetesConfigMap("settings"),
            "--CloudNative:Kubernetes:Discovery:Source=EndpointSlices",
            "--CloudNative:Kubernetes:Discovery:Namespaces:0=billing",
            "--CloudNative:Leases:Provider=kubernetes");
        foreach (var part in yaml.Split("---\n"))
        {
            var place = part.Contains("namespace: billing", StringComparison.Ordinal) ? "billing" : "shop";
            var path = part.Contains("kind: RoleBinding", StringComparison.Ordinal) ? $"{Rbac}/{place}/rolebindings/orders"
                : part.Contains("kind: Role", StringComparison.Ordinal) ? $"{Rbac}/{place}/roles/orders"
                : "/api/v1/namespaces/shop/serviceaccounts/orders";
            await server.ApplyAsync(path, part);
        }
    }

    public void Dispose() => _directory.Dispose();

    private string Write(params string[] arguments) => Write(_ => { }, arguments);

    private string Write(Action<IConfigurationBuilder> configure, params string[] arguments)
    {
        var file = Path.Combine(_directory.Path, "rbac.yaml");
        var builder = Host.CreateApplicationBuilder(
        [
            "--CloudNative:Service:Name=orders",
            "--CloudNative:Kubernetes:Namespace=shop",
            $"--CloudNative:Kubernetes:RbacFile={file}",
            .. arguments,
        ]);
        configure(builder.Configuration);
        builder.AddCloudNative(cloud => cloud.UseKubernetes());
        using var host = builder.Build();
        Assert.Contains(host.Services.GetServices<IHostCommand>(), command => command.TryRun());
        return File.ReadAllText(file);
    }
}
