using CloudNative.Consul;
using CloudNative.Discovery;
using CloudNative.IntegrationTests.Consul.KeyValue;
using CloudNative.Leases;
using CloudNative.Testing;

namespace CloudNative.IntegrationTests.Consul;

/// <summary>A server that lets nobody do anything without a token: who lacks a permission is told which.</summary>
public sealed class AccessListTests : IAsyncLifetime
{
    private static readonly ServiceInstance Instance = new()
    {
        Service = "catalog",
        Id = "a",
        Endpoints = [new InstanceEndpoint("http", "127.0.0.1", 5000)],
    };

    private readonly ConsulServer _server = ConsulServer.WithAccessLists();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => await _server.StartAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Calls_WithAndWithoutPermission_WorkOrNameWhatIsMissing()
    {
        await RefusedAsync();
        await ReadOnlyAsync();
        await UnknownAsync();
        await FromFileAsync();
        await LeasesAsync();
        await KeyValuesAsync();
    }

    private async Task RefusedAsync()
    {
        await using var nobody = new ConsulHost(_server.Address);
        var failure = await Assert.ThrowsAsync<ServiceRegistryException>(() => nobody.Registry.RegisterAsync(Instance, Cancel).AsTask());
        Assert.Contains("CN4103", failure.Message, StringComparison.Ordinal);
        Assert.Contains("service:write \"catalog\"", failure.Message, StringComparison.Ordinal);
        failure = await Assert.ThrowsAsync<ServiceRegistryException>(() => nobody.Registry.FindRemoteAddressAsync(Cancel).AsTask());
        Assert.Contains("agent:read", failure.Message, StringComparison.Ordinal);
    }

    private async Task ReadOnlyAsync()
    {
        var token = await _server.CreateTokenAsync("""service_prefix "" { policy = "read" } node_prefix "" { policy = "read" }""");
        await using var reader = new ConsulHost(_server.Address, (nameof(ConsulOptions.Token), token));
        Assert.Equal(EndpointUpdateKind.NotFound, (await Watch.FirstAsync(reader.Source, "catalog")).Kind);
        var failure = await Assert.ThrowsAsync<ServiceRegistryException>(() => reader.Registry.RegisterAsync(Instance, Cancel).AsTask());
        Assert.Contains("service:write \"catalog\"", failure.Message, StringComparison.Ordinal);
    }

    private async Task UnknownAsync()
    {
        await using var wrong = new ConsulHost(
            _server.Address, (nameof(ConsulOptions.Token), "11111111-2222-3333-4444-555555555555"));
        var update = await Watch.FirstAsync(wrong.Source, "catalog");
        Assert.Equal(EndpointUpdateKind.Unavailable, update.Kind);
        Assert.Contains("CN4103: Consul does not know the token", update.Reason, StringComparison.Ordinal);
        Assert.Contains("service:read \"catalog\" and node:read", update.Reason, StringComparison.Ordinal);
    }

    private async Task FromFileAsync()
    {
        using var directory = new TemporaryDirectory();
        var file = Path.Combine(directory.Path, "token");
        await File.WriteAllTextAsync(file, ConsulServer.ManagementToken + "\n", Cancel);
        await using var host = new ConsulHost(_server.Address, (nameof(ConsulOptions.TokenFile), file));
        await using var registration = await host.Registry.RegisterAsync(Instance, Cancel);
        Assert.Single((await Watch.FirstAsync(host.Source, "catalog", update => update.Instances.Count > 0)).Instances);
    }

    private async Task KeyValuesAsync()
    {
        await _server.PutAsync("/v1/kv/config/orders/Timeout", "7");
        var blind = await _server.CreateTokenAsync("");
        var failure = await Assert.ThrowsAsync<ConsulKeyValueException>(() => StartAsync(blind));
        // Servers before 1.13 do not say that they left something out.
        Assert.StartsWith("CN4109", failure.Message, StringComparison.Ordinal);
        Assert.Contains("key:read \"config/orders\"", failure.Message, StringComparison.Ordinal);

        failure = await Assert.ThrowsAsync<ConsulKeyValueException>(() => StartAsync("11111111-2222-3333-4444-555555555555"));
        Assert.StartsWith("CN4103: Consul does not know the token", failure.Message, StringComparison.Ordinal);
        Assert.Contains("key:read \"config/orders\"", failure.Message, StringComparison.Ordinal);

        await using var host = await StartAsync(await _server.CreateTokenAsync("""key_prefix "config/orders" { policy = "read" }"""));
        Assert.Equal("7", host["Timeout"]);
    }

    private Task<KeyValueHost> StartAsync(string token) => KeyValueHost.StartAsync(
        _server.Address, source => source.Prefix = "config/orders", (nameof(ConsulOptions.Token), token));

    private async Task LeasesAsync()
    {
        const string keys = """key_prefix "cloudnative/leases" { policy = "write" }""";
        const string sessions = """session_prefix "" { policy = "write" }""";
        await LeaseIsRefusedAsync(""); // The key is not seen.
        await LeaseIsRefusedAsync(keys); // No session.
        await LeaseIsRefusedAsync(sessions + """key_prefix "cloudnative/leases" { policy = "read" }"""); // The key is not taken.
        var token = await _server.CreateTokenAsync(keys + sessions);
        await using var allowed = new ConsulHost(_server.Address, (nameof(ConsulOptions.Token), token));
        await using var lease = await allowed.Leases.TryAcquireAsync("job", TimeSpan.FromSeconds(3), Cancel);
        Assert.NotNull(lease);
    }

    private async Task LeaseIsRefusedAsync(string rules)
    {
        await using var host = new ConsulHost(_server.Address, (nameof(ConsulOptions.Token), await _server.CreateTokenAsync(rules)));
        var failure = await Assert.ThrowsAsync<LeaseException>(
            () => host.Leases.TryAcquireAsync("job", TimeSpan.FromSeconds(3), Cancel).AsTask());
        Assert.Contains("CN4103", failure.Message, StringComparison.Ordinal);
        Assert.Contains("key:write \"cloudnative/leases\"", failure.Message, StringComparison.Ordinal);
        Assert.Contains("session:write", failure.Message, StringComparison.Ordinal);
    }
}
