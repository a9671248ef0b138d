using CloudNative.Discovery;

namespace CloudNative.IntegrationTests.Consul;

/// <summary>Services of another datacentre, asked for at the agent of this one.</summary>
public sealed class DatacenterTests : IAsyncLifetime
{
    private readonly ConsulServer _here = ConsulServer.InDatacenter("here");
    private readonly ConsulServer _there = ConsulServer.InDatacenter("there");

    public async ValueTask InitializeAsync()
    {
        await _here.StartAsync();
        await _there.StartAsync();
        await _here.JoinAsync(_there);
    }

    public async ValueTask DisposeAsync()
    {
        await _here.DisposeAsync();
        await _there.DisposeAsync();
    }

    [Fact]
    public async Task Watch_OfAnotherDatacenter_FindsItsInstancesAndSeesChangesUntilItIsAway()
    {
        await _here.RegisterAsync("""{ "ID": "x-here", "Name": "x", "Port": 80 }""");
        await _there.RegisterAsync("""{ "ID": "x-there", "Name": "x", "Port": 80 }""");
        await using var host = new ConsulHost(_here.Address, ("Datacenter", "there"));
        await using var watch = host.Source.WatchAsync("x", TestContext.Current.CancellationToken)
            .GetAsyncEnumerator(TestContext.Current.CancellationToken);

        Assert.True(await watch.MoveNextAsync());
        Assert.Equal(["one/x-there"], watch.Current.Instances.Select(instance => instance.Id));

        await _there.RegisterAsync("""{ "ID": "x-there-2", "Name": "x", "Port": 80 }""");
        Assert.True(await watch.MoveNextAsync());
        Assert.Equal(["one/x-there", "one/x-there-2"], watch.Current.Instances.Select(instance => instance.Id));

        await _there.KillAsync();
        Assert.True(await watch.MoveNextAsync());
        Assert.Equal(EndpointUpdateKind.Unavailable, watch.Current.Kind);
    }
}
