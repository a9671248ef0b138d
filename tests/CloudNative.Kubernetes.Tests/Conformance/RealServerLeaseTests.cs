using CloudNative.Kubernetes.Http;
using CloudNative.Kubernetes.Leases;
using CloudNative.Kubernetes.Tests.Support;
using CloudNative.Leases;
using CloudNative.Testing.Conformance;

namespace CloudNative.Kubernetes.Tests.Conformance;

/// <summary>What every provider of leases must do, on a real API server; the processes' clocks are moved by the tests.</summary>
public sealed class RealServerLeaseTests(KubernetesServer server) : LeaseProviderConformance, IClassFixture<KubernetesServer>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Rule_OfTheError_IsAllThatLeasesNeed()
    {
        var options = Options(KubernetesServer.PowerlessToken);
        await using var process = new LeaseProcess(options, KubernetesHandlers.Create(options));
        var refused = await Assert.ThrowsAsync<LeaseException>(
            () => process.Leases.TryAcquireAsync("job", TimeSpan.FromSeconds(9), Cancel).AsTask());
        Assert.StartsWith(
            "CN4403: Kubernetes refuses to get leases.coordination.k8s.io cloudnative.job in default:",
            refused.Message,
            StringComparison.Ordinal);
        Assert.EndsWith(LeaseErrors.Rule, refused.Message, StringComparison.Ordinal);
        await server.CreateAsync(
            "/apis/rbac.authorization.k8s.io/v1/namespaces/default/roles",
            $"""
            apiVersion: rbac.authorization.k8s.io/v1
            kind: Role
            metadata: {"{name: lessee, namespace: default}"}
            rules:
            {LeaseErrors.Rule}
            """);
        await server.CreateAsync(
            "/apis/rbac.authorization.k8s.io/v1/namespaces/default/rolebindings",
            """
            apiVersion: rbac.authorization.k8s.io/v1
            kind: RoleBinding
            metadata: {name: lessee, namespace: default}
            roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: lessee}
            subjects: [{apiGroup: rbac.authorization.k8s.io, kind: User, name: powerless}]
            """);
        ILease? lease = null;
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30), TimeProvider.System);
        while (lease is null)
        {
            try
            {
                lease = await process.Leases.TryAcquireAsync("job", TimeSpan.FromSeconds(9), Cancel);
            }
            catch (LeaseException)
            {
                // The server takes a moment to see the role.
                await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, patience.Token);
            }
        }

        await lease.DisposeAsync();
    }

    protected override async ValueTask<LeaseSubject> CreateAsync()
    {
        await server.StartAsync();
        var options = Options(KubernetesServer.AdminToken);
        return await LeasePair.CreateAsync(options, () => KubernetesHandlers.Create(options));
    }

    private KubernetesOptions Options(string token) => new()
    {
        Server = server.Address.ToString(),
        CaFile = server.CaFile,
        Token = token,
    };
}
