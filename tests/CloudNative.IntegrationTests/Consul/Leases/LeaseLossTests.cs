using CloudNative.Leases;
using CloudNative.TestSupport.Leases;

namespace CloudNative.IntegrationTests.Consul.Leases;

/// <summary>What happens to leases at the servers, past those who hold them.</summary>
public sealed class LeaseLossTests(ConsulServer server) : IClassFixture<ConsulServer>, IAsyncLifetime
{
    private const string Key = "/v1/kv/cloudnative/leases/job";

    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => await server.StartAsync();

    public async ValueTask DisposeAsync()
    {
        await server.StartAsync();
        await server.DeleteAsync("/v1/kv/cloudnative?recurse");
    }

    [Fact]
    public async Task Session_EndedByAnOperator_IsNoticedBeforeSomebodyElseGetsTheLease()
    {
        await using var one = new ConsulHost(server.Address);
        await using var other = new ConsulHost(server.Address);
        var lost = await TakeAsync(one.Leases);
        await server.EndSessionsAsync();
        Assert.Null(await other.Leases.TryAcquireAsync("job", Duration, Cancel)); // Free, but for the lock delay.
        ILease? next = null;
        await server.EventuallyAsync(async () => (next = await other.Leases.TryAcquireAsync("job", Duration, Cancel)) is not null);
        Assert.True(lost.Lost.IsCancellationRequested);
        Assert.True(next!.FencingToken > lost.FencingToken);
        await next.DisposeAsync();
    }

    [Fact]
    public async Task Key_Deleted_IsNoticedAndTokensStillGrow()
    {
        await using var one = new ConsulHost(server.Address);
        await using var other = new ConsulHost(server.Address);
        var lost = await TakeAsync(one.Leases);
        await server.DeleteAsync(Key);
        await using var next = await TakeAsync(other.Leases);
        Assert.True(next.FencingToken > lost.FencingToken);
        await AssertLostAsync(lost);
        Assert.Contains(one.Logs.GetSnapshot(), line => line.Message.Contains("its key was deleted or taken", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Server_KilledAndRestartedEmpty_LeaseIsLostAndTokensStillGrow()
    {
        var clock = new LeaseClock();
        await using var one = new ConsulHost(server.Address, clock);
        await using var other = new ConsulHost(server.Address);
        for (var entry = 0; entry < 20; entry++)
        {
            await server.PutAsync("/v1/kv/tests/entry"); // The log of the server that follows is shorter.
        }

        var lost = await TakeAsync(one.Leases);
        await server.KillAsync();
        var failure = await Assert.ThrowsAsync<LeaseException>(() => other.Leases.TryAcquireAsync("job", Duration, Cancel).AsTask());
        Assert.StartsWith($"CN4102: Consul at {server.Address} cannot be reached", failure.Message, StringComparison.Ordinal);
        clock.Advance(Duration);
        await AssertLostAsync(lost);

        await server.StartAsync();
        await using var next = await TakeAsync(other.Leases);
        Assert.True(next.FencingToken > lost.FencingToken, $"{next.FencingToken} after {lost.FencingToken}");
    }

    [Fact]
    public async Task Held_WhoeverLooks_FindsTheHolder()
    {
        await using var host = new ConsulHost(server.Address);
        await using var lease = await TakeAsync(host.Leases);
        var entry = (await server.GetAsync(Key))[0];
        var value = System.Text.Encoding.UTF8.GetString(entry.GetProperty("Value").GetBytesFromBase64());
        Assert.Contains("\"instance\"", value, StringComparison.Ordinal);
        Assert.True(entry.TryGetProperty("Session", out _));
    }

    private static async Task<ILease> TakeAsync(ILeaseProvider leases)
    {
        var lease = await leases.TryAcquireAsync("job", Duration, Cancel);
        Assert.NotNull(lease);
        return lease;
    }

    private static async Task AssertLostAsync(ILease lease)
    {
        var lost = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = lease.Lost.Register(lost.SetResult);
        await lost.Task.WaitAsync(Patience, TimeProvider.System, Cancel);
    }
}
