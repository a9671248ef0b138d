using CloudNative.Eventing.Memory;
using CloudNative.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace CloudNative.Eventing.Tests.Memory;

public sealed class EventsTestHarnessTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Quiesced_HandlersPublishOnAcrossTopics_WaitsForTheLast()
    {
        for (var round = 0; round < 200; round++)
        {
            await using var host = new Host();
            // Each event sets off the next on another topic, ten times, on threads of the pool.
            for (var step = 0; step < 10; step++)
            {
                var next = $"step-{step + 1}";
                await host.HandleAsync($"step-{step}", async delivery =>
                {
                    await Task.Yield();
                    await host.PublishAsync(next, delivery.Event.Id);
                    return Settlement.Complete();
                });
            }

            await host.PublishAsync("step-0", "1");
            await host.Events.QuiescedAsync(Cancelled);
            Assert.Equal(11, host.Events.Published.Count);
            Assert.Equal(10, host.Events.Settled.Count);
        }
    }

    [Fact]
    public async Task Quiesced_RetryWaits_CountsAndNamesItAndGoesOnWithTheClock()
    {
        await using var host = new Host();
        await host.HandleAsync("orders", async delivery =>
        {
            await Task.Yield();
            return delivery.Attempt < 3
                ? Settlement.Retry(
                    TimeSpan.FromMinutes(1), new DeliveryFailure(DeadLetterReason.HandlerFailed, "no", default, delivery.Attempt))
                : Settlement.Complete();
        });
        await host.PublishAsync("orders", "1");
        Assert.Equal(1, (await host.Events.QuiescedAsync(Cancelled)).Scheduled);
        var waiting = Assert.Single(await host.Events.ListScheduledAsync(Cancelled));
        Assert.Equal(("orders", "test", "1", 2), (waiting.Topic, waiting.Group, waiting.Event.Id, waiting.Attempt));
        Assert.Equal(host.Clock.GetUtcNow().AddMinutes(1), waiting.Due);
        host.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(1, (await host.Events.QuiescedAsync(Cancelled)).Scheduled);
        host.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(0, (await host.Events.QuiescedAsync(Cancelled)).Scheduled);
        Assert.Equal(
            [(SettlementKind.Retry, 1), (SettlementKind.Retry, 2), (SettlementKind.Complete, 3)],
            host.Events.Settled.Select(settled => (settled.Kind, settled.Attempt)));
    }

    [Fact]
    public async Task Quiesced_HandlerIsStuck_WaitsUntilItIsCancelled()
    {
        await using var host = new Host();
        var stuck = new TaskCompletionSource();
        await host.HandleAsync("orders", async _ =>
        {
            await stuck.Task;
            return Settlement.Complete();
        });
        await host.PublishAsync("orders", "1");
        using var impatient = new CancellationTokenSource();
        var waiting = host.Events.QuiescedAsync(impatient.Token);
        Assert.False(waiting.IsCompleted);
        await impatient.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        stuck.SetResult();
        await host.Events.QuiescedAsync(Cancelled);
    }

    [Fact]
    public async Task Quiesced_EventMovesBetweenPlaces_IsNotMissedBetweenTwoLooks()
    {
        // The place that is looked at first takes the event back from the second one while that is being looked at.
        var first = new Place("outbox");
        var second = new Place(MemoryTransport.Name) { Ready = 1 };
        second.Looked = () =>
        {
            first.TakeIn();
            second.Ready = 0;
            second.Looked = null;
        };
        var services = new ServiceCollection().AddEventsTestHarness()
            .AddSingleton<IPendingEvents>(first).AddSingleton<IPendingEvents>(second);
        await using var provider = services.BuildServiceProvider();
        var quiesced = provider.GetRequiredService<EventsTestHarness>().QuiescedAsync(Cancelled);
        Assert.False(quiesced.IsCompleted);
        first.Ready = 0;
        first.Idle.SetResult();
        await quiesced;
    }

    private sealed class Place(string name) : IPendingEvents
    {
        private long _version;

        public long Ready { get; set; }

        public Action? Looked { get; set; }

        public TaskCompletionSource Idle { get; } = new();

        public string Name => name;

        public void TakeIn() => (Ready, _version) = (1, _version + 1);

        public ValueTask<PendingEvents> CountAsync(CancellationToken cancellationToken)
        {
            Looked?.Invoke();
            return new(new PendingEvents(Ready, 0, _version));
        }

        public ValueTask WhenNoneReadyAsync(CancellationToken cancellationToken) =>
            Ready == 0 || Looked is not null ? default : new ValueTask(Idle.Task.WaitAsync(cancellationToken));

        public ValueTask<IReadOnlyList<ScheduledEvent>> ListScheduledAsync(CancellationToken cancellationToken) => new([]);
    }

    private sealed class Host : IAsyncDisposable
    {
        private readonly ServiceProvider _provider;
        private readonly IEventTransport _transport;

        public Host()
        {
            var services = new ServiceCollection();
            services.AddSingleton<TimeProvider>(Clock);
            services.AddEventsTestHarness();
            MemoryTransportServices.Add(services);
            _provider = services.BuildServiceProvider();
            _transport = _provider.GetRequiredKeyedService<IEventTransport>(MemoryTransport.Name);
        }

        public FakeTimeProvider Clock { get; } = new();

        public EventsTestHarness Events => _provider.GetRequiredService<EventsTestHarness>();

        public ValueTask PublishAsync(string topic, string id) => _transport.AppendAsync(
            [new OutgoingEvent(topic, new EventEnvelope { Id = id, Source = "/services/test", Type = "t" })], CancellationToken.None);

        public async Task HandleAsync(string topic, Func<EventDelivery, Task<Settlement>> handle) => await _transport.SubscribeAsync(
            new SubscriptionSpec { Topic = topic, Group = "test" }, new Sink(handle), CancellationToken.None);

        public ValueTask DisposeAsync() => _provider.DisposeAsync();

        private sealed class Sink(Func<EventDelivery, Task<Settlement>> handle) : IDeliverySink
        {
            public void Deliver(EventDelivery delivery) => Task.Run(async () =>
                await delivery.SettleAsync(await handle(delivery), CancellationToken.None));

            public void StateChanged(SubscriptionState state, string? reason)
            {
            }
        }
    }
}
