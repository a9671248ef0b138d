using System.Collections.Concurrent;
using System.Globalization;
using CloudNative.Eventing;
using CloudNative.RabbitMq.Tests.Support;
using CloudNative.RabbitMq.Transport;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;

namespace CloudNative.RabbitMq.Tests.Faults;

/// <summary>A broker that is killed, and one that is short of memory.</summary>
public sealed class OutageTests(OwnBroker broker) : IClassFixture<OwnBroker>
{
    private const int Keys = 24;
    private const int Kills = 2;

    private static readonly TimeSpan _untilQueuesAreKept = TimeSpan.FromSeconds(5);

    private readonly RabbitMqServer _server = broker.Server;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Kill_UnderLoad_LosesNothingAndKeepsTheOrderOfKeys()
    {
        var address = _server.Address(await _server.CreateVhostAsync());
        using var meters = new TestMeters();
        using var connections = meters.Collect<int>(RabbitMqTelemetryNames.Connections);
        using var resent = meters.Collect<long>(RabbitMqTelemetryNames.Resent);
        await using var publisher = Transports.Create(address, meters: meters);
        await using var handler = Transports.Create(address);
        var ordered = new Handler();
        var unordered = new Handler();
        await handler.SubscribeAsync(Sample.Ordered, ordered, Cancelled);
        await handler.SubscribeAsync(Sample.Spec with { Group = "stock" }, unordered, Cancelled);
        using var ending = new CancellationTokenSource();
        var publishing = Enumerable.Range(0, Keys).Select(key => PublishAsync(publisher, $"k{key}", ending.Token)).ToList();

        // RabbitMQ 3.10 loses a quorum queue that it has made in the last moments before it is killed; that is not what is tested.
        await Task.Delay(_untilQueuesAreKept, TimeProvider.System, Cancelled);
        for (var kill = 0; kill < Kills; kill++)
        {
            await ordered.MoreAsync(300);
            await _server.KillAsync();
            await _server.StartAsync();
        }

        await ordered.MoreAsync(300);
        await ending.CancelAsync();
        var published = await Task.WhenAll(publishing);
        await ordered.UntilAsync(published);
        await unordered.UntilAsync(published);
        Assert.Empty(ordered.Violations);
        // Not one for each kill: the second may come before the publisher has found its way back from the first.
        Assert.InRange(connections.GetMeasurementSnapshot().EvaluateAsCounter(), 2, int.MaxValue);
        Assert.InRange(resent.GetMeasurementSnapshot().EvaluateAsCounter(), 1, long.MaxValue);
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{published.Sum()} events, {Kills} kills; ordered got {ordered.Deliveries}, unordered {unordered.Deliveries} deliveries");
    }

    [Fact]
    public async Task MemoryAlarm_WhilePublishing_WaitsThenFailsByNameAndGoesOn()
    {
        var address = _server.Address(await _server.CreateVhostAsync());
        using var meters = new TestMeters();
        using var taken = meters.Collect<int>(RabbitMqTelemetryNames.Blocked);
        await using var publisher = Transports.Create(
            address, new RabbitMqOptions { PublishTimeout = TimeSpan.FromSeconds(2) }, meters: meters);
        var sink = new Sink();
        await publisher.SubscribeAsync(Sample.Spec, sink, Cancelled);
        await publisher.AppendAsync([Sample.Event("1")], Cancelled);
        var held = await sink.NextAsync();
        await _server.ControlAsync("set_vm_memory_high_watermark", "0.0001");
        EventTransportException? blocked = null;
        for (var number = 100; blocked is null && number < 10_000; number++)
        {
            try
            {
                await publisher.AppendAsync([Sample.Event(number)], Cancelled);
            }
            catch (EventTransportException exception)
            {
                blocked = exception;
            }
        }

        Assert.Equal(1, taken.GetMeasurementSnapshot().EvaluateAsCounter());
        Assert.StartsWith("CN4305", blocked?.Message, StringComparison.Ordinal);
        Assert.True(await held.SettleAsync(Settlement.Complete(), Cancelled), "What is being handled is settled all the same.");
        var waiting = publisher.AppendAsync([Sample.Event("after")], Cancelled).AsTask();
        await _server.ControlAsync("set_vm_memory_high_watermark", "0.4");
        await waiting;
        Assert.Equal(0, taken.GetMeasurementSnapshot().EvaluateAsCounter());
        await publisher.AppendAsync([Sample.Event("last")], Cancelled);
        string id;
        do
        {
            var delivery = await sink.NextAsync();
            await delivery.SettleAsync(Settlement.Complete(), Cancelled);
            id = delivery.Event.Id;
        }
        while (id != "last");
    }

    // As an outbox does: each event until it is acknowledged, and the next of the key after it.
    private static async Task<int> PublishAsync(RabbitMqEventTransport transport, string key, CancellationToken ending)
    {
        var number = 0;
        while (!ending.IsCancellationRequested)
        {
            try
            {
                await transport.AppendAsync([Sample.Event($"{key}/{number}", key)], Cancelled);
                number++;
            }
            catch (EventTransportException)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, Cancelled);
            }
        }

        return number;
    }

    private sealed class Handler : IDeliverySink
    {
        private readonly ConcurrentDictionary<string, int> _next = new();
        private readonly ConcurrentDictionary<string, byte> _seen = new();
        private int _deliveries;

        public ConcurrentQueue<string> Violations { get; } = [];

        public int Deliveries => Volatile.Read(ref _deliveries);

        public void Deliver(EventDelivery delivery)
        {
            var parts = delivery.Event.Id.Split('/');
            var number = int.Parse(parts[1], CultureInfo.InvariantCulture);
            if (_seen.TryAdd(delivery.Event.Id, 0))
            {
                if (number != _next.GetValueOrDefault(parts[0]))
                {
                    Violations.Enqueue(delivery.Event.Id);
                }

                _next[parts[0]] = number + 1;
            }

            Interlocked.Increment(ref _deliveries);
            _ = Task.Run(() => delivery.SettleAsync(Settlement.Complete(), CancellationToken.None).AsTask());
        }

        public void StateChanged(SubscriptionState state, string? reason)
        {
        }

        public async Task MoreAsync(int count)
        {
            var target = Deliveries + count;
            await UntilAsync(() => Deliveries >= target, () => $"{Deliveries} of {target}");
        }

        public Task UntilAsync(int[] published) => UntilAsync(
            () => Missing(published) is null, () => $"{Missing(published)} is missing");

        private string? Missing(int[] published)
        {
            for (var key = 0; key < published.Length; key++)
            {
                for (var number = 0; number < published[key]; number++)
                {
                    if (!_seen.ContainsKey($"k{key}/{number}"))
                    {
                        return $"k{key}/{number}";
                    }
                }
            }

            return null;
        }

        private static async Task UntilAsync(Func<bool> isDone, Func<string> state)
        {
            using var enough = new CancellationTokenSource(TimeSpan.FromSeconds(60), TimeProvider.System);
            while (!isDone())
            {
                Assert.False(enough.IsCancellationRequested, state());
                await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, Cancelled);
            }
        }
    }
}
