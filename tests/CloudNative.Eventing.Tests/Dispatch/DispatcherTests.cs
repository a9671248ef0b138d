using System.Collections.Concurrent;
using CloudNative.Eventing.Dispatch;
using CloudNative.Eventing.Planning;
using CloudNative.Eventing.Telemetry;
using CloudNative.Eventing.Tests.Fakes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace CloudNative.Eventing.Tests.Dispatch;

public sealed class DispatcherTests
{
    private static readonly OrderPlaced Order = new("17");

    [Fact]
    public async Task Deliver_HandlerFailsOnce_IsTriedAgainInPlaceWithAScopeOfItsOwn()
    {
        var scopes = new ConcurrentQueue<IServiceProvider>();
        var attempts = new ConcurrentQueue<int>();
        await using var host = await EventHost.HandleAsync<OrderPlaced>((_, context, _) =>
        {
            scopes.Enqueue(context.Services);
            attempts.Enqueue(context.Attempt);
            return scopes.Count == 1 ? throw new InvalidOperationException("first") : default;
        });

        var settlement = await host.Transport.Deliver(Order).Settled;

        Assert.Equal(SettlementKind.Complete, settlement.Kind);
        Assert.Equal([1, 2], attempts);
        Assert.Equal(2, scopes.Distinct().Count());
    }

    [Theory]
    [InlineData(1, 3, 500)]
    [InlineData(2, 6, 5_000)]
    [InlineData(3, 9, 30_000)]
    public async Task Deliver_HandlerKeepsFailing_ComesAgainAfterAPartOfTheDelay(int delivery, int attempt, int milliseconds)
    {
        await using var host = await EventHost.HandleAsync<OrderPlaced>((_, _, _) => throw new TimeoutException("no\nanswer"));

        var settlement = await host.Transport.Deliver(Order, delivery).Settled;

        Assert.Equal(SettlementKind.Retry, settlement.Kind);
        Assert.Equal(TimeSpan.FromMilliseconds(milliseconds), settlement.Delay);
        Assert.Equal(DeadLetterReason.HandlerFailed, settlement.Failure!.Reason);
        Assert.Equal("System.TimeoutException: no answer", settlement.Failure.Detail);
        Assert.Equal(attempt, settlement.Failure.Attempt);
    }

    [Fact]
    public async Task Deliver_NoDelayedRetryLeft_IsADeadLetter()
    {
        await using var host = await EventHost.HandleAsync<OrderPlaced>((_, _, _) => throw new TimeoutException("no answer"));

        var settlement = await host.Transport.Deliver(Order, attempt: 4).Settled;

        Assert.Equal(SettlementKind.DeadLetter, settlement.Kind);
        Assert.Equal(12, settlement.Failure!.Attempt);
    }

    [Fact]
    public async Task WithRetry_NoRetries_GivesUpAtOnce()
    {
        var calls = 0;
        await using var host = await EventHost.HandleAsync<OrderPlaced>(
            (_, _, _) =>
            {
                calls++;
                throw new TimeoutException();
            },
            handler => handler.WithRetry(retry => (retry.Immediate, retry.Delayed) = (0, 0)));

        var settlement = await host.Transport.Deliver(Order).Settled;

        Assert.Equal(SettlementKind.DeadLetter, settlement.Kind);
        Assert.Equal(1, calls);
    }

    [Fact]
    public async Task Options_OfTheGroup_WinOverThoseOfAll()
    {
        await using var host = await EventHost.HandleAsync<OrderPlaced>(
            (_, _, _) => throw new TimeoutException(),
            settings: [("CloudNative:Eventing:Groups:tests:Retry:Delayed", "0"), ("CloudNative:Eventing:Groups:tests:Concurrency", "3")]);

        var settlement = await host.Transport.Deliver(Order).Settled;

        Assert.Equal(SettlementKind.DeadLetter, settlement.Kind);
        Assert.Equal(3, host.Transport.Subscriptions.Single().Spec.MaxInFlight);
    }

    public static TheoryData<string, string?> Poison => new()
    {
        { "", null },
        { "nonsense", null },
        { "null", null },
        { "[]", null },
        { """{"order":17}""", null },
        { """{"order":"\ud800"}""", null },
        { new string('[', 100_000), null },
        { """{"order":""" + new string('[', 500) + new string(']', 500) + "}", null },
        { """{"order":"17","amount":1e400}""", null },
        { """{"order":"17"}""", "text/xml" },
    };

    [Theory]
    [MemberData(nameof(Poison))]
    public async Task Deliver_DataThatCannotBeRead_IsADeadLetterWithoutAnotherAttempt(string data, string? contentType)
    {
        var calls = 0;
        await using var host = await EventHost.HandleAsync<OrderPlaced>((_, _, _) =>
        {
            calls++;
            return default;
        });

        var settlement = await host.Transport.Deliver(new ScriptedDelivery(Envelopes.Raw(data, contentType: contentType))).Settled;

        Assert.Equal(SettlementKind.DeadLetter, settlement.Kind);
        Assert.Equal(DeadLetterReason.NotDeserializable, settlement.Failure!.Reason);
        Assert.Equal(0, calls);
    }

    [Theory]
    [InlineData("application/json; charset=utf-8")]
    [InlineData("application/vnd.orders+json")]
    public async Task Deliver_JsonUnderAnotherMediaType_IsHandled(string contentType)
    {
        await using var host = await EventHost.HandleAsync<OrderPlaced>((_, _, _) => default);

        var settlement = await host.Transport.Deliver(
            new ScriptedDelivery(Envelopes.Raw("""{"order":"17"}""", contentType: contentType))).Settled;

        Assert.Equal(SettlementKind.Complete, settlement.Kind);
    }

    [Theory]
    [InlineData("stock.counted.v1", "Skip", SettlementKind.Complete)]
    [InlineData("com.example.other", "Skip", SettlementKind.Complete)]
    [InlineData("stock.counted.v1", "DeadLetter", SettlementKind.DeadLetter)]
    [InlineData("orders.placed.v2", "Skip", SettlementKind.DeadLetter)]
    public async Task Deliver_UnknownType_IsSkippedUnlessItIsAnotherVersion(string type, string option, SettlementKind expected)
    {
        await using var host = await EventHost.HandleAsync<OrderPlaced>(
            (_, _, _) => throw new InvalidOperationException("not mine"), settings: [("CloudNative:Eventing:UnknownTypes", option)]);

        var settlement = await host.Transport.Deliver(new ScriptedDelivery(Envelopes.Of(Order, type))).Settled;

        Assert.Equal(expected, settlement.Kind);
        Assert.Equal(
            expected == SettlementKind.DeadLetter ? DeadLetterReason.UnknownType : null, settlement.Failure?.Reason);
    }

    [Fact]
    public async Task DeadLetter_ByTheHandler_IsADeadLetterWithItsReason()
    {
        await using var host = await EventHost.HandleAsync<OrderPlaced>((_, context, _) =>
        {
            context.DeadLetter("no such customer");
            return default;
        });

        var settlement = await host.Transport.Deliver(Order).Settled;

        Assert.Equal((DeadLetterReason.Rejected, "no such customer"), (settlement.Failure!.Reason, settlement.Failure.Detail));
    }

    [Fact]
    public async Task Services_AfterTheHandler_Throw()
    {
        EventContext? kept = null;
        await using var host = await EventHost.HandleAsync<OrderPlaced>((_, context, _) =>
        {
            kept = context;
            return default;
        });

        await host.Transport.Deliver(Order).Settled;

        Assert.Throws<InvalidOperationException>(() => kept!.Services);
    }

    [Fact]
    public async Task Deliver_LeaseIsLost_CancelsTheHandlerAndCountsNoAttempt()
    {
        var begun = new TaskCompletionSource();
        await using var host = await EventHost.HandleAsync<OrderPlaced>(async (_, _, cancellationToken) =>
        {
            begun.TrySetResult();
            await Task.Delay(Timeout.Infinite, cancellationToken);
        });
        var delivery = host.Transport.Deliver(Order);
        await begun.Task;

        delivery.Lose();

        Assert.Equal(SettlementKind.Release, (await delivery.Settled).Kind);
    }

    [Fact]
    public async Task Deliver_AfterALeaseWasLost_HasATokenThatHasNotFired()
    {
        var fired = new ConcurrentQueue<bool>();
        await using var host = await EventHost.HandleAsync<OrderPlaced>((_, _, cancellationToken) =>
        {
            fired.Enqueue(cancellationToken.IsCancellationRequested);
            return default;
        });

        for (var i = 0; i < 3; i++)
        {
            var delivery = host.Transport.Deliver(Order);
            await delivery.Settled;
            delivery.Lose();
        }

        Assert.Equal([false, false, false], fired);
    }

    [Fact]
    public async Task Deliver_HandlerIgnoresItsLostLease_NextDeliveryIsNotCancelledByIt()
    {
        var release = new TaskCompletionSource();
        await using var host = await EventHost.HandleAsync<OrderPlaced>(async (order, _, cancellationToken) =>
        {
            if (order.Order == "deaf")
            {
                await release.Task;
            }

            cancellationToken.ThrowIfCancellationRequested();
        });
        var deaf = host.Transport.Deliver(new OrderPlaced("deaf"));
        deaf.Lose();
        release.SetResult();

        Assert.Equal(SettlementKind.Release, (await deaf.Settled).Kind);
        Assert.Equal(SettlementKind.Complete, (await host.Transport.Deliver(Order).Settled).Kind);
    }

    [Fact]
    public async Task Settle_StoreFails_IsLoggedOnceAndOnceWhenItWorksAgain()
    {
        await using var host = await EventHost.HandleAsync<OrderPlaced>((_, _, _) => default);
        using var telemetry = new EventingTelemetry(meters: null);
        using var dispatcher = new Dispatcher(
            host.Services.GetRequiredService<Planner>().Plans.Single(),
            host.Services.GetRequiredService<DispatchServices>(),
            new SubscriptionTelemetry(telemetry, "scripted", "orders", "tests", parentSpans: false, TimeProvider.System));
        foreach (var fails in (bool[])[true, true, true, false, false])
        {
            dispatcher.Deliver(new ScriptedDelivery(Envelopes.Of(Order))
            {
                OnSettle = _ => fails ? throw new EventTransportException("The store is away.") : new(true),
            });
            while (dispatcher.Running > 0)
            {
                await Task.Yield();
            }
        }

        Assert.Single(host.Log.All, line => line.Contains("cannot be stored", StringComparison.Ordinal));
        Assert.Single(host.Log.All, line => line.Contains("is stored again", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Settle_TransportBreaks_IsLoggedAndTheNextEventIsHandled()
    {
        await using var host = await EventHost.HandleAsync<OrderPlaced>((_, _, _) => default);
        var broken = new ScriptedDelivery(Envelopes.Of(Order)) { OnSettle = _ => throw new NotSupportedException("a bug") };

        host.Transport.Deliver(broken);
        await broken.Settled;

        Assert.Equal(SettlementKind.Complete, (await host.Transport.Deliver(Order).Settled).Kind);
        await host.StopAsync();
        Assert.Contains(host.Log.All, line => line.Contains("outside of the handler", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Filters_OfAllAndOfOne_RunAroundTheHandlerInOrder()
    {
        var steps = new ConcurrentQueue<string>();
        await using var host = EventHost.Build(
            builder => builder.Services.AddSingleton(steps),
            events => events.AddFilter<Outer>().AddFilter<Outer>());
        host.Host.MapEvent<OrderPlaced>("orders", (_, _, _) =>
        {
            steps.Enqueue("handler");
            return default;
        }).AddFilter<Inner>();
        await host.StartAsync();

        await host.Transport.Deliver(Order).Settled;

        Assert.Equal(["outer", "inner", "handler", "inner ends", "outer ends"], steps);
    }

    [Fact]
    public async Task Filter_ThatDoesNotGoOn_AcknowledgesTheEventUnhandled()
    {
        var calls = 0;
        await using var host = await EventHost.HandleAsync<OrderPlaced>(
            (_, _, _) =>
            {
                calls++;
                return default;
            },
            handler => handler.AddFilter<Wall>());

        Assert.Equal(SettlementKind.Complete, (await host.Transport.Deliver(Order).Settled).Kind);
        Assert.Equal(0, calls);
    }

    [Fact]
    public async Task TryClaim_NoInboxServes_SaysWhatIsMissing()
    {
        await using var host = await EventHost.HandleAsync<OrderPlaced>(async (_, context, cancellationToken) =>
            await context.TryClaimAsync(new FakeTransaction(), cancellationToken));

        var settlement = await host.Transport.Deliver(Order).Settled;

        Assert.Contains("CN9015", settlement.Failure!.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TryClaim_SecondInboxServes_IsAskedWithTheGroup()
    {
        var claims = new ConcurrentQueue<string>();
        await using var host = EventHost.Build(builder => builder.Services
            .AddSingleton<IInboxStore>(new FakeInbox(serves: false, claims))
            .AddSingleton<IInboxStore>(new FakeInbox(serves: true, claims)));
        host.Host.MapEvent<OrderPlaced>("orders", async (_, context, cancellationToken) =>
            Assert.True(await context.TryClaimAsync(new FakeTransaction(), cancellationToken))).WithGroup("billing");
        await host.StartAsync();
        var delivery = host.Transport.Deliver(Order);

        Assert.Equal(SettlementKind.Complete, (await delivery.Settled).Kind);
        Assert.Equal([$"billing /services/tests {delivery.Event.Id}"], claims);
    }

    internal sealed class Outer(ConcurrentQueue<string> steps) : IEventFilter
    {
        public async ValueTask InvokeAsync(EventContext context, EventFilterDelegate next, CancellationToken cancellationToken)
        {
            steps.Enqueue("outer");
            await next(context, cancellationToken);
            steps.Enqueue("outer ends");
        }
    }

    internal sealed class Inner(ConcurrentQueue<string> steps) : IEventFilter
    {
        public async ValueTask InvokeAsync(EventContext context, EventFilterDelegate next, CancellationToken cancellationToken)
        {
            steps.Enqueue("inner");
            await next(context, cancellationToken);
            steps.Enqueue("inner ends");
        }
    }

    internal sealed class Wall : IEventFilter
    {
        public ValueTask InvokeAsync(EventContext context, EventFilterDelegate next, CancellationToken cancellationToken) => default;
    }
}
