using CloudNative.Consul;
using CloudNative.Discovery;

namespace CloudNative.IntegrationTests.Consul;

/// <summary>A server that proves who it is, and wants the same of its callers.</summary>
public sealed class TlsTests : IAsyncLifetime
{
    private readonly ConsulServer _server = ConsulServer.WithTls();

    private (string, string) Authority => (nameof(ConsulOptions.CaFile), _server.PathOf("consul-agent-ca.pem"));

    public async ValueTask InitializeAsync() => await _server.StartAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Watch_OverTls_NeedsTheAuthorityAndACertificate()
    {
        await using var stranger = new ConsulHost(_server.SecureAddress);
        Assert.Contains("certificate", await ReasonAsync(stranger), StringComparison.Ordinal);

        await using var nameless = new ConsulHost(_server.SecureAddress, Authority);
        Assert.Contains("ClientCertificateFile", await ReasonAsync(nameless), StringComparison.Ordinal);

        await using var known = new ConsulHost(
            _server.SecureAddress,
            Authority,
            (nameof(ConsulOptions.ClientCertificateFile), _server.PathOf("dc1-client-consul-0.pem")),
            (nameof(ConsulOptions.ClientKeyFile), _server.PathOf("dc1-client-consul-0-key.pem")));
        Assert.Equal(EndpointUpdateKind.NotFound, (await Watch.FirstAsync(known.Source, "catalog")).Kind);
    }

    private static async Task<string?> ReasonAsync(ConsulHost host)
    {
        var update = await Watch.FirstAsync(host.Source, "catalog");
        Assert.Equal(EndpointUpdateKind.Unavailable, update.Kind);
        Assert.StartsWith("CN4102", update.Reason, StringComparison.Ordinal);
        TestContext.Current.TestOutputHelper?.WriteLine(update.Reason!);
        return update.Reason;
    }
}
