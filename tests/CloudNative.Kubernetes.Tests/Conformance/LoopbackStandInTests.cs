namespace CloudNative.Kubernetes.Tests.Conformance;

/// <summary>The suite on the stand-in, over loopback.</summary>
public sealed class LoopbackStandInTests : ApiSuite, IAsyncDisposable
{
    private readonly KubernetesTestServer _server = new();
    private readonly string _admin;

    public LoopbackStandInTests()
    {
        _admin = _server.AddToken("admin", new KubernetesPermission { Group = "*", Resource = "*", Verbs = ["*"] });
        PowerlessToken = _server.AddToken("powerless");
    }

    protected override string PowerlessToken { get; }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    protected override async Task<KubernetesApi> ConnectAsync(string? token = null)
    {
        var address = await _server.ListenAsync(Cancel);
        return new KubernetesApi(new KubernetesOptions { Server = address.ToString(), Token = token ?? _admin });
    }

    protected override Task CompactAsync()
    {
        _server.Compact();
        return Task.CompletedTask;
    }
}
