using CloudNative.Discovery;

namespace CloudNative.IntegrationTests.Consul;

/// <summary>What the agent's troubles do to a service that is registered and to one that looks.</summary>
public sealed class OutageTests(ConsulServer server) : IClassFixture<ConsulServer>, IAsyncLifetime
{
    private static readonly ServiceInstance Instance = new()
    {
        Service = "catalog",
        Id = "a",
        Endpoints = [new InstanceEndpoint("http", "127.0.0.1", 5000)],
    };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => await server.StartAsync();

    public async ValueTask DisposeAsync() => await server.ClearAsync();

    [Fact]
    public async Task Registration_AgentForgot_IsThereAgainAtTheNextHeartbeat()
    {
        await using var host = new ConsulHost(server.Address);
        await using var registration = await host.Registry.RegisterAsync(Instance, Cancel);
        await registration.SetReadyAsync(true, Cancel);
        await server.ClearAsync();
        var forgotten = TimeProvider.System.GetTimestamp();
        await server.EventuallyAsync(async () => (await server.ListAsync()).Contains("catalog:a"));
        // The pause between two heartbeats is at most 4 s; the rest is for a machine that has other work.
        Assert.InRange(TimeProvider.System.GetElapsedTime(forgotten), TimeSpan.Zero, TimeSpan.FromSeconds(15));
        Assert.Contains(host.Logs.GetSnapshot(), line => line.Message.Contains("registered again", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Registration_NotReadyWhenAgentForgot_ComesBackNotReady()
    {
        await using var host = new ConsulHost(server.Address);
        await using var registration = await host.Registry.RegisterAsync(Instance, Cancel);
        await registration.SetReadyAsync(false, Cancel);
        await server.ClearAsync();
        await server.EventuallyAsync(async () => (await server.ListAsync()).Contains("catalog:a"));
        var update = await Watch.FirstAsync(host.Source, "catalog", update => update.Kind == EndpointUpdateKind.Answer);
        Assert.Equal("the only instance in Consul is critical", update.Reason);
    }

    [Fact]
    public async Task Server_KilledAndRestartedEmpty_WatchEndsAndInstanceComesBack()
    {
        await using var host = new ConsulHost(server.Address);
        await using var registration = await host.Registry.RegisterAsync(Instance, Cancel);
        await using var watch = host.Source.WatchAsync("catalog", Cancel).GetAsyncEnumerator(Cancel);
        Assert.True(await watch.MoveNextAsync());
        Assert.Single(watch.Current.Instances);

        await server.KillAsync();
        Assert.True(await watch.MoveNextAsync());
        Assert.Equal(EndpointUpdateKind.Unavailable, watch.Current.Kind);
        Assert.Contains("CN4102", watch.Current.Reason, StringComparison.Ordinal);
        Assert.False(await watch.MoveNextAsync()); // The table opens it again.

        await server.StartAsync();
        var back = await Watch.FirstAsync(host.Source, "catalog", update => update.Instances.Count == 1);
        Assert.Equal("a", back.Instances[0].Id);
    }

    [Fact]
    public async Task Server_Paused_CallsEndInTimeAndGoOnAfterwards()
    {
        await using var host = new ConsulHost(server.Address);
        server.Suspend();
        try
        {
            var failure = await Assert.ThrowsAsync<ServiceRegistryException>(() => host.Registry.RegisterAsync(Instance, Cancel).AsTask());
            Assert.Contains("did not answer within 5 s", failure.Message, StringComparison.Ordinal);
        }
        finally
        {
            server.Resume();
        }

        await using var registration = await host.Registry.RegisterAsync(Instance, Cancel);
        Assert.Single((await Watch.FirstAsync(host.Source, "catalog", update => update.Instances.Count == 1)).Instances);
    }

    [Fact]
    public async Task Watch_NobodyListens_IsUnavailableAndNamesTheAddress()
    {
        await using var host = new ConsulHost(new Uri("http://127.0.0.1:1"));
        var update = await Watch.FirstAsync(host.Source, "catalog");
        Assert.Equal(EndpointUpdateKind.Unavailable, update.Kind);
        Assert.StartsWith("CN4102: Consul at http://127.0.0.1:1/ cannot be reached", update.Reason, StringComparison.Ordinal);
    }
}
