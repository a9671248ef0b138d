using System.Globalization;
using CloudNative.Eventing;
using CloudNative.Testing.Conformance.Eventing;

namespace CloudNative.Testing.Conformance;

/// <summary>
/// What every transport of events must do, and what it must do for each capability it claims. Derive a test class from it and run it
/// with xunit v3. Each test gets a subject of its own. Tests of what the transport does not claim, or the subject cannot do, are
/// skipped with that reason.
/// </summary>
public abstract partial class EventTransportConformance : IAsyncLifetime
{
    private const string Topic = "orders";
    private const string Group = "mail";

    private static readonly TimeSpan _lease = TimeSpan.FromSeconds(10);

    /// <summary>How long a test waits for what comes in the background. Default 30 s.</summary>
    protected virtual TimeSpan Patience => TimeSpan.FromSeconds(30);

    /// <summary>The subject of the running test.</summary>
    protected EventTransportSubject Subject { get; private set; } = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    /// <summary>Makes two processes on an empty store.</summary>
    /// <returns>The subject; the suite disposes it.</returns>
    protected abstract ValueTask<EventTransportSubject> CreateAsync();

    /// <inheritdoc/>
    public async ValueTask InitializeAsync() => Subject = await CreateAsync();

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Subject.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    private static EventEnvelope Event(string id, string? key = null) => new()
    {
        Id = id,
        Source = "/services/conformance",
        Type = "orders.placed.v1",
        Key = key,
        Data = "{}"u8.ToArray(),
    };

    private static EventEnvelope Event(int number, string? key = null) => Event(number.ToString(CultureInfo.InvariantCulture), key);

    private static List<string> Ids(IEnumerable<EventDelivery> deliveries) => [.. deliveries.Select(delivery => delivery.Event.Id)];

    private static IEnumerable<string> Numbers(int count) =>
        Enumerable.Range(0, count).Select(number => number.ToString(CultureInfo.InvariantCulture));

    private static async Task CompleteAsync(EventDelivery delivery) =>
        Assert.True(await delivery.SettleAsync(Settlement.Complete(), Cancelled), "Completing what is on loan must count.");

    private static async Task CompleteAsync(IEnumerable<EventDelivery> deliveries)
    {
        foreach (var delivery in deliveries)
        {
            await CompleteAsync(delivery);
        }
    }

    private RecordingSink NewSink() => new(Patience);

    private DeliveryFailure Failure(EventDelivery delivery, string detail = "it failed") =>
        new(DeadLetterReason.HandlerFailed, detail, Subject.Now, delivery.Attempt);

    private async Task RetryAsync(EventDelivery delivery, TimeSpan delay = default) =>
        Assert.True(await delivery.SettleAsync(Settlement.Retry(delay, Failure(delivery)), Cancelled));

    private async Task GiveUpAsync(EventDelivery delivery, string detail = "given up") =>
        Assert.True(await delivery.SettleAsync(Settlement.DeadLetter(Failure(delivery, detail)), Cancelled));

    private Task AppendAsync(params EventEnvelope[] events) => AppendAsync(Subject.First, events);

    private static async Task AppendAsync(IEventTransport transport, params EventEnvelope[] events) =>
        await transport.AppendAsync([.. events.Select(item => new OutgoingEvent(Topic, item))], Cancelled);

    private Task AppendNumbersAsync(int count, string? key = null) =>
        AppendAsync([.. Enumerable.Range(0, count).Select(number => Event(number, key))]);

    private async Task AppendDelayedAsync(EventEnvelope item, TimeSpan delay) =>
        await Subject.First.AppendAsync([new OutgoingEvent(Topic, item, delay)], Cancelled);

    private static async Task<IEventSubscription> SubscribeAsync(
        IEventTransport transport, IDeliverySink sink, Func<SubscriptionSpec, SubscriptionSpec>? change = null)
    {
        var spec = new SubscriptionSpec
        {
            Topic = Topic,
            Group = Group,
            Start = EventStart.Next,
            LeaseDuration = _lease,
        };
        return await transport.SubscribeAsync(change is null ? spec : change(spec), sink, Cancelled);
    }

    private Task<IEventSubscription> SubscribeFirstAsync(
        IDeliverySink sink, Func<SubscriptionSpec, SubscriptionSpec>? change = null) => SubscribeAsync(Subject.First, sink, change);

    private Task<IEventSubscription> SubscribeSecondAsync(
        IDeliverySink sink, Func<SubscriptionSpec, SubscriptionSpec>? change = null) => SubscribeAsync(Subject.Second, sink, change);

    private static SubscriptionSpec FromOldest(SubscriptionSpec spec) => spec with { Start = EventStart.Oldest };

    private static SubscriptionSpec OneAtATime(SubscriptionSpec spec) => spec with { MaxInFlight = 1 };

    private static SubscriptionSpec InOrder(SubscriptionSpec spec) => spec with { Ordering = EventOrdering.ByKey };

    /// <summary>Lets what is under way arrive, and asserts that nothing does.</summary>
    private async Task AssertSilentAsync(params RecordingSink[] sinks)
    {
        await Subject.AdvanceAsync(TimeSpan.Zero);
        foreach (var sink in sinks)
        {
            Assert.Equal([], Ids(sink.Drain()));
        }
    }

    private async Task AssertLostAsync(EventDelivery delivery)
    {
        var lost = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = delivery.Lost.Register(() => lost.TrySetResult());
        await lost.Task.WaitAsync(Patience, TimeProvider.System, Cancelled);
    }

    private void Need(TransportCapabilities capability) => Assert.SkipUnless(
        Subject.First.Capabilities.HasFlag(capability), $"The transport does not claim to be {capability}.");

    private static void NeedSubject(bool can, string what) => Assert.SkipUnless(can, $"The subject cannot {what}.");

    private bool HasLog => Subject.First.Capabilities.HasFlag(TransportCapabilities.Replay);

    private void NeedLog() => Assert.SkipUnless(HasLog, "The transport keeps no log: it has no positions, and stores nothing for nobody.");

    // Only a log has places; whoever tells them without having been asked tells the right ones.
    private void AssertPosition(long? expected, EventDelivery delivery)
    {
        if (HasLog || delivery.Position is not null)
        {
            Assert.Equal(expected, delivery.Position);
        }
    }

    private IReplayable NeedReplay()
    {
        Need(TransportCapabilities.Replay);
        return Assert.IsAssignableFrom<IReplayable>(Subject.First);
    }

    private IDeadLetterStore NeedDeadLetters()
    {
        Need(TransportCapabilities.DeadLetters);
        return Assert.IsAssignableFrom<IDeadLetterStore>(Subject.First);
    }
}
