using CloudNative.Kubernetes.Tests.Support;

namespace CloudNative.Kubernetes.Tests.Conformance;

/// <summary>The suite on a real API server, by TLS and HTTP/2, and what only a real one shows.</summary>
public sealed partial class RealServerTests(KubernetesServer server) : ApiSuite, IClassFixture<KubernetesServer>
{
    protected override string PowerlessToken => KubernetesServer.PowerlessToken;

    [Fact]
    public async Task Rule_OfTheError_IsWhatWasMissing()
    {
        using var api = await ConnectAsync(PowerlessToken);
        var selection = new KubernetesSelection("default");
        var refused = await Assert.ThrowsAsync<KubernetesForbiddenException>(
            () => api.ListAsync(KubernetesKinds.ConfigMaps, selection, null, null, Cancel));
        await server.CreateAsync(
            "/apis/rbac.authorization.k8s.io/v1/namespaces/default/roles",
            $"""
            apiVersion: rbac.authorization.k8s.io/v1
            kind: Role
            metadata: {"{name: reader, namespace: default}"}
            rules:
            {refused.Rule}
            """);
        await server.CreateAsync(
            "/apis/rbac.authorization.k8s.io/v1/namespaces/default/rolebindings",
            """
            apiVersion: rbac.authorization.k8s.io/v1
            kind: RoleBinding
            metadata: {name: reader, namespace: default}
            roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: reader}
            subjects: [{apiGroup: rbac.authorization.k8s.io, kind: User, name: powerless}]
            """);
        await using var informers = new KubernetesInformers(api);
        using var informer = informers.Join(KubernetesKinds.ConfigMaps, selection);
        await informer.WaitForSyncAsync(Cancel);
    }

    [Fact]
    public async Task Informer_ServerKilledAndStartedAgain_GoesOn()
    {
        using var api = await ConnectAsync();
        await using var informers = new KubernetesInformers(api);
        var label = Maps.Unique();
        await api.CreateAsync(KubernetesKinds.ConfigMaps, Maps.Of($"{label}-a", label: label), Cancel);
        using var informer = informers.Join(KubernetesKinds.ConfigMaps, new KubernetesSelection("default", $"test={label}"));
        await informer.WaitForSyncAsync(Cancel);
        await using var updates = informer.ReadUpdatesAsync(Cancel).GetAsyncEnumerator(Cancel);
        await server.KillAsync();
        var away = await NextAsync(updates, update => update.Status.StaleSince is not null);
        Assert.Contains("CN4402", away.Status.Failure!.Message, StringComparison.Ordinal);
        Assert.Equal("1", away.Snapshot.Find("default", $"{label}-a").Value());

        await server.StartAsync();
        await api.CreateAsync(KubernetesKinds.ConfigMaps, Maps.Of($"{label}-b", label: label), Cancel);
        var back = await NextAsync(updates, update => update.Snapshot.Objects.Count == 2);
        Assert.Null(back.Status.StaleSince);
    }

    [Fact]
    public async Task Call_UnknownAuthority_IsNotTrusted()
    {
        await server.StartAsync();
        // The certificate is the server's own in everything but its key.
        using var other = new Authority();
        using var api = new KubernetesApi(
            new KubernetesOptions { Server = server.Address.ToString(), CaFile = other.CaFile, Token = KubernetesServer.AdminToken });
        var failure = await Assert.ThrowsAsync<KubernetesException>(
            () => api.FindAsync(KubernetesKinds.ConfigMaps, "default", "x", Cancel));
        Assert.Null(failure.StatusCode);
        Assert.Contains("CaFile", failure.Message, StringComparison.Ordinal);
    }

    protected override async Task<KubernetesApi> ConnectAsync(string? token = null)
    {
        await server.StartAsync();
        return new KubernetesApi(Options(token ?? KubernetesServer.AdminToken));
    }

    protected override Task CompactAsync() => server.CompactAsync();

    private KubernetesOptions Options(string token) => new()
    {
        Server = server.Address.ToString(),
        CaFile = server.CaFile,
        Token = token,
    };
}
