using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using CloudNative.Eventing.Telemetry;
using CloudNative.Eventing.Tests.Fakes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Time.Testing;

namespace CloudNative.Eventing.Tests.Telemetry;

public sealed class EventingTelemetryTests
{
    private const string Parent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    [Fact]
    public async Task Publish_SomebodyListens_SendsASpanAndItsContextTravels()
    {
        await using var host = EventHost.Build();
        using var spans = new Spans(host);

        await host.Publisher.PublishAsync(new OrderPlaced("17"), options: null, TestContext.Current.CancellationToken);

        var span = Assert.Single(spans.Ended);
        Assert.Equal(("send orders", ActivityKind.Producer), (span.DisplayName, span.Kind));
        Assert.Equal("scripted", span.GetTagItem("messaging.system"));
        Assert.Equal("orders", span.GetTagItem("messaging.destination.name"));
        Assert.Equal("send", span.GetTagItem("messaging.operation.type"));
        var outgoing = host.Transport.Appended.Single().Event;
        Assert.Equal(span.Id, outgoing.TraceParent);
        Assert.Equal(outgoing.Id, span.GetTagItem("messaging.message.id"));
    }

    [Fact]
    public async Task Publish_OnlyTheCallerHasASpan_ItsContextTravels()
    {
        await using var host = EventHost.Build();
        using var caller = new Activity("caller").Start();

        await host.Publisher.PublishAsync(new OrderPlaced("17"), options: null, TestContext.Current.CancellationToken);

        Assert.Equal(caller.Id, host.Transport.Appended.Single().Event.TraceParent);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Process_Event_LinksToItsCreationOrIsItsChild(bool parentSpans)
    {
        await using var host = await EventHost.HandleAsync<OrderPlaced>(
            (_, _, _) =>
            {
                Assert.Equal("process orders", Activity.Current?.DisplayName);
                return default;
            },
            settings: [("CloudNative:Eventing:ParentSpans", $"{parentSpans}")]);
        using var spans = new Spans(host);

        var settlement = await host.Transport.Deliver(
            new ScriptedDelivery(Envelopes.Of(new OrderPlaced("17"), traceParent: Parent))).Settled;

        Assert.Equal(SettlementKind.Complete, settlement.Kind);
        var span = Assert.Single(spans.Ended);
        Assert.Equal(("process orders", ActivityKind.Consumer), (span.DisplayName, span.Kind));
        Assert.Equal("tests", span.GetTagItem("messaging.consumer.group.name"));
        Assert.Equal(parentSpans ? Parent[3..35] : "", parentSpans ? span.TraceId.ToHexString() : "");
        Assert.Equal(parentSpans ? [] : [Parent[36..52]], span.Links.Select(link => link.Context.SpanId.ToHexString()));
        Assert.Equal(parentSpans, span.ParentId is not null);
    }

    [Fact]
    public async Task Process_HandlerFails_SpanSaysSo()
    {
        await using var host = await EventHost.HandleAsync<OrderPlaced>((_, _, _) => throw new TimeoutException("no answer"));
        using var spans = new Spans(host);

        await host.Transport.Deliver(new OrderPlaced("17")).Settled;

        var span = Assert.Single(spans.Ended);
        Assert.Equal((ActivityStatusCode.Error, "handler_failed"), (span.Status, span.GetTagItem("error.type")));
    }

    [Fact]
    public async Task Metrics_OfAWholeStory_CountEachPart()
    {
        await using var host = EventHost.Build();
        using var listener = new MeterListener();
        var seen = new ConcurrentQueue<string>();
        listener.InstrumentPublished = (instrument, each) =>
        {
            if (instrument.Meter.Scope == host.Services.GetRequiredService<IMeterFactory>())
            {
                each.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => seen.Enqueue(Text(instrument, value, tags)));
        listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => seen.Enqueue(Text(instrument, 1, tags)));
        listener.Start();
        host.Host.MapEvent<OrderPlaced>("orders", (order, context, _) =>
            order.Order == "bad" && context.Attempt == 1 ? throw new TimeoutException() : default);
        await host.StartAsync();
        var token = TestContext.Current.CancellationToken;

        await host.Publisher.PublishBatchAsync<OrderPlaced>([new("1"), new("2")], options: null, token);
        await host.Transport.Deliver(new OrderPlaced("bad")).Settled;
        await host.Transport.Deliver(new ScriptedDelivery(Envelopes.Raw("nonsense"))).Settled;
        await host.Transport.Deliver(new ScriptedDelivery(Envelopes.Raw("{}", "stock.counted.v1"))).Settled;
        var lost = new ScriptedDelivery(Envelopes.Of(new OrderPlaced("lost"))) { OnSettle = _ => new(false) };
        await host.Transport.Deliver(lost).Settled;
        await host.StopAsync();

        Assert.Contains("messaging.client.sent.messages 2 scripted orders send", seen);
        Assert.Contains("messaging.client.operation.duration 1 scripted orders send send", seen);
        Assert.Equal(4, seen.Count(line => line == "messaging.client.consumed.messages 1 scripted orders tests process"));
        Assert.Contains("messaging.process.duration 1 scripted orders tests process", seen);
        Assert.Contains("messaging.process.duration 1 scripted orders tests process not_deserializable", seen);
        Assert.Contains("cloudnative.eventing.retries 1 scripted orders tests immediate", seen);
        Assert.Contains("cloudnative.eventing.dead_letters 1 scripted orders tests not_deserializable", seen);
        Assert.Contains("cloudnative.eventing.skipped 1 scripted orders tests", seen);
        Assert.Contains("cloudnative.eventing.lost_leases 1 scripted orders tests", seen);
    }

    [Fact]
    public async Task Gauges_SayWhatWaitedAtTheLastLookAndHowOldItIsNow()
    {
        var clock = new FakeTimeProvider();
        await using var host = EventHost.Build(builder => builder.Services.AddSingleton<TimeProvider>(clock));
        var meters = host.Services.GetRequiredService<IMeterFactory>();
        using var lag = new MetricCollector<long>(meters, EventingTelemetryNames.Meter, EventingTelemetryNames.Lag);
        using var age = new MetricCollector<double>(meters, EventingTelemetryNames.Meter, EventingTelemetryNames.OldestAge);
        host.Host.MapEvent<OrderPlaced>("orders", (_, _, _) => default);
        await host.StartAsync();

        await LookAsync(host, new EventBacklog(7, clock.GetUtcNow() - TimeSpan.FromSeconds(90)));
        Assert.Equal((7, 90), Read(lag, age));
        clock.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal((7, 100), Read(lag, age));
        await LookAsync(host, default);
        Assert.Equal((0, 0), Read(lag, age));
        Assert.Equal(
            ["scripted", "orders", "tests"],
            ((string[])["messaging.system", "messaging.destination.name", "messaging.consumer.group.name"])
                .Select(tag => lag.LastMeasurement!.Tags[tag]));

        await host.StopAsync();
        Assert.Null(Read(lag, age));
    }

    private static async Task LookAsync(EventHost host, EventBacklog backlog)
    {
        Assert.Single(host.Transport.Subscriptions).Backlog = backlog;
        await host.Services.GetRequiredService<IEventMonitor>().LookAsync(TestContext.Current.CancellationToken);
    }

    private static (long Lag, double Age)? Read(MetricCollector<long> lag, MetricCollector<double> age)
    {
        lag.Clear();
        age.Clear();
        lag.RecordObservableInstruments();
        age.RecordObservableInstruments();
        return lag.LastMeasurement is { } waiting ? (waiting.Value, age.LastMeasurement!.Value) : null;
    }

    private static string Text(Instrument instrument, long value, ReadOnlySpan<KeyValuePair<string, object?>> tags) =>
        $"{instrument.Name} {value} {string.Join(' ', tags.ToArray().Select(tag => tag.Value))}";

    private sealed class Spans : IDisposable
    {
        private readonly ActivityListener _listener;

        public Spans(EventHost host)
        {
            var source = host.Services.GetRequiredService<EventingTelemetry>().Source;
            _listener = new ActivityListener
            {
                ShouldListenTo = each => each == source,
                Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
                ActivityStopped = Ended.Enqueue,
            };
            ActivitySource.AddActivityListener(_listener);
        }

        public ConcurrentQueue<Activity> Ended { get; } = new();

        public void Dispose() => _listener.Dispose();
    }
}
