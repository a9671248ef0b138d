namespace CloudNative.Kubernetes.Tests.Conformance;

/// <summary>The suite on the stand-in, within the process.</summary>
public sealed class StandInTests : ApiSuite, IAsyncDisposable
{
    private readonly KubernetesTestServer _server = new();
    private readonly string _admin;

    public StandInTests()
    {
        _admin = _server.AddToken("admin", new KubernetesPermission { Group = "*", Resource = "*", Verbs = ["*"] });
        PowerlessToken = _server.AddToken("powerless");
    }

    protected override string PowerlessToken { get; }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    protected override Task<KubernetesApi> ConnectAsync(string? token = null) => Task.FromResult(new KubernetesApi(
        new KubernetesOptions { Server = "http://stand-in", Token = token ?? _admin }, handler: _server.CreateHandler()));

    protected override Task CompactAsync()
    {
        _server.Compact();
        return Task.CompletedTask;
    }
}
