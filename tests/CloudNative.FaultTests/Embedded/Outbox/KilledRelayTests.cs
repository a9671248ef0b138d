using CloudNative.Testing;
using CloudNative.Testing.Agent.Outbox;

namespace CloudNative.FaultTests.Embedded.Outbox;

/// <summary>From an order to its parcel, through three processes' deaths at the points where something could be lost or doubled.</summary>
public sealed class KilledRelayTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Role.OrderingDiesBeforeAppend, 0)]
    [InlineData(Role.OrderingDiesAfterAppend, 1)]
    public async Task Kill_WhileTheOutboxIsRelayed_TheEventIsInTheLogOnceAndHandledOnce(Role mortal, int inLogAtDeath)
    {
        await using var app = new OutboxApp();
        var victim = await app.StartAsync(mortal);
        await victim.WriteLineAsync("order 1", Cancelled);
        await victim.WaitForExitAsync(Cancelled);
        Assert.Equal((1, 1, inLogAtDeath), (app.Placed, app.InOutbox, await app.InLogAsync()));

        var ordering = await app.StartAsync(Role.Ordering);
        await DoAsync(ordering, "quiet");
        Assert.Equal((0, 1), (app.InOutbox, await app.InLogAsync()));

        // What comes after it in the order of its key shows that nothing of it is still on its way.
        var shipping = await app.StartAsync(Role.Shipping);
        await DoAsync(ordering, "order 2");
        await shipping.WaitForLineAsync(line => line == "shipped 2", Cancelled);
        Assert.Equal([1, 2], app.Shipped);
        Assert.Equal(2, await app.InLogAsync());
    }

    [Fact]
    public async Task Kill_BetweenEffectAndAcknowledgement_TheEventComesAgainAndItsEffectDoesNot()
    {
        await using var app = new OutboxApp();
        var victim = await app.StartAsync(Role.ShippingDiesAfterCommit);
        var ordering = await app.StartAsync(Role.Ordering);
        await DoAsync(ordering, "order 1");
        await victim.WaitForExitAsync(Cancelled);
        Assert.Equal([1], app.Shipped);

        var shipping = await app.StartAsync(Role.Shipping);
        await shipping.WaitForLineAsync(line => line == "known 1", Cancelled);
        await DoAsync(ordering, "order 2");
        await shipping.WaitForLineAsync(line => line == "shipped 2", Cancelled);
        Assert.Equal([1, 2], app.Shipped);
    }

    [Fact]
    public async Task Transaction_TakenBack_NeitherOrderNorEventIsThere()
    {
        await using var app = new OutboxApp();
        var shipping = await app.StartAsync(Role.Shipping);
        var ordering = await app.StartAsync(Role.Ordering);
        await DoAsync(ordering, "try 1");
        await DoAsync(ordering, "order 2");
        await shipping.WaitForLineAsync(line => line.StartsWith("shipped", StringComparison.Ordinal), Cancelled);
        Assert.Equal([2], app.Shipped);
        Assert.Equal((1, 1), (app.Placed, await app.InLogAsync()));
    }

    private static async Task DoAsync(ChildProcess process, string command)
    {
        await process.WriteLineAsync(command, Cancelled);
        await process.WaitForLineAsync(line => line == $"did {command}", Cancelled);
    }
}
