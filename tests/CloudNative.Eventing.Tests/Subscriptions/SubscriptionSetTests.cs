using CloudNative.Eventing.Tests.Fakes;
using CloudNative.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Time.Testing;

namespace CloudNative.Eventing.Tests.Subscriptions;

public sealed class SubscriptionSetTests
{
    private static readonly OrderPlaced Order = new("17");

    [Fact]
    public async Task Start_StoreIsAway_StartsDegradedAndSubscribesWhenItIsBack()
    {
        var clock = new FakeTimeProvider();
        await using var host = EventHost.Build(builder => builder.Services.AddSingleton<TimeProvider>(clock));
        host.Host.MapEvent<OrderPlaced>("orders", Nothing);
        host.Transport.Refusals = 3;

        await host.StartAsync();

        Assert.Equal(HealthStatus.Degraded, (await HealthAsync(host)).Status);
        await clock.AdvanceUntilAsync(
            () => !host.Transport.Subscriptions.IsEmpty, TimeSpan.FromMilliseconds(100), TimeSpan.FromHours(1));
        await clock.AdvanceUntilAsync(
            () => HealthAsync(host).GetAwaiter().GetResult().Status == HealthStatus.Healthy,
            TimeSpan.FromMilliseconds(100), TimeSpan.FromHours(1));
        Assert.Single(host.Log.All, line => line.Contains("Cannot subscribe", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Stop_StoreHasBeenAwayAllAlong_EndsWithoutAnError()
    {
        await using var host = EventHost.Build();
        host.Host.MapEvent<OrderPlaced>("orders", Nothing);
        host.Transport.Refusals = int.MaxValue;
        await host.StartAsync();

        await host.StopAsync();

        Assert.Empty(host.Transport.Subscriptions);
        Assert.DoesNotContain(host.Log.All, line => line.StartsWith("Error", StringComparison.Ordinal));
    }

    [Fact]
    public async Task StateChanged_PausedAndActive_ShowsInHealthAndIsLoggedOncePerChange()
    {
        await using var host = await EventHost.HandleAsync<OrderPlaced>(Nothing);
        var sink = host.Transport.Subscriptions.Single().Sink;

        sink.StateChanged(SubscriptionState.Paused, "The disk is full.");
        sink.StateChanged(SubscriptionState.Paused, "The disk is full.");
        var paused = await HealthAsync(host);
        sink.StateChanged(SubscriptionState.Active, null);

        Assert.Equal((HealthStatus.Degraded, "The disk is full."), (paused.Status, paused.Entries["events-orders-tests"].Description));
        Assert.Equal(HealthStatus.Healthy, (await HealthAsync(host)).Status);
        Assert.Single(host.Log.All, line => line.Contains("gives group tests no events", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Start_Handlers_StandInTheSummary()
    {
        await using var host = EventHost.Build();
        host.Host.MapEvent<OrderPlaced>("orders", Nothing).InOrder();
        host.Host.MapEvent<OrderPlaced>("orders", Nothing).WithGroup("audit");

        await host.StartAsync();

        Assert.Contains(
            host.Log.All, line => line.Contains("events   ", StringComparison.Ordinal)
                && line.Contains("orders for tests (in order), orders for audit", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Stop_HandlerIsAtWork_WaitsForItAndAcknowledges()
    {
        var (begun, release) = (new TaskCompletionSource(), new TaskCompletionSource());
        await using var host = await EventHost.HandleAsync<OrderPlaced>(async (_, _, _) =>
        {
            begun.SetResult();
            await release.Task;
        });
        var delivery = host.Transport.Deliver(Order);
        await begun.Task;

        var stopping = host.StopAsync();
        Assert.False(stopping.IsCompleted);
        release.SetResult();
        await stopping;

        Assert.Equal(SettlementKind.Complete, (await delivery.Settled).Kind);
        var subscription = host.Transport.Subscriptions.Single();
        Assert.True(subscription.IsStopped);
        Assert.True(subscription.IsDisposed);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Stop_TimeToDrainIsOver_CancelsTheHandlerAndReleasesUncounted(bool losable)
    {
        var begun = new TaskCompletionSource();
        await using var host = await EventHost.HandleAsync<OrderPlaced>(
            async (_, _, cancellationToken) =>
            {
                begun.SetResult();
                await Task.Delay(Timeout.Infinite, cancellationToken);
            },
            settings: [("CloudNative:Lifecycle:DrainTimeout", "00:00:00.02")]);
        var delivery = host.Transport.Deliver(new ScriptedDelivery(Envelopes.Of(Order), losable: losable));
        await begun.Task;

        await host.StopAsync();

        Assert.Equal(SettlementKind.Release, (await delivery.Settled).Kind);
        Assert.True(host.Transport.Subscriptions.Single().IsDisposed);
    }

    [Fact]
    public async Task Stop_DeliveriesThatFollow_GoBackUnhandled()
    {
        var calls = 0;
        await using var host = await EventHost.HandleAsync<OrderPlaced>((_, _, _) =>
        {
            calls++;
            return default;
        });
        await host.StopAsync();

        Assert.Equal(SettlementKind.Release, (await host.Transport.Deliver(Order).Settled).Kind);
        Assert.Equal(0, calls);
    }

    [Fact]
    public async Task MemoryTransport_InATestHost_ServesPublishAndHandle()
    {
        var seen = new TaskCompletionSource<OrderPlaced>();
        await using var host = EventHost.Build(settings: [("CloudNative:Hosting:Mode", "Test")]);
        host.Host.MapEvent<OrderPlaced>("orders", (order, _, _) =>
        {
            seen.SetResult(order);
            return default;
        }).InOrder();
        await host.StartAsync();

        await host.Publisher.PublishAsync(Order, new PublishOptions { Key = "17" }, TestContext.Current.CancellationToken);

        Assert.Equal(Order, await seen.Task);
        Assert.Empty(host.Transport.Appended);
    }

    private static Task<HealthReport> HealthAsync(EventHost host) =>
        host.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync();

    private static ValueTask Nothing(OrderPlaced order, EventContext context, CancellationToken cancellationToken) => default;
}
