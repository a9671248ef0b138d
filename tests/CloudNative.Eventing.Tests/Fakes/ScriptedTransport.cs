using System.Collections.Concurrent;

namespace CloudNative.Eventing.Tests.Fakes;

/// <summary>A transport that does what the test says.</summary>
internal sealed class ScriptedTransport : IEventTransport, IEventServerSource
{
    public const string Name = "scripted";
    private int _refusals;

    public TransportCapabilities Capabilities { get; set; } =
        TransportCapabilities.Ordered | TransportCapabilities.Delayed | TransportCapabilities.Broadcast
        | TransportCapabilities.SequencedDeadLetters;

    public int MaxEventSize { get; set; } = 100_000;

    public EventServer? Server { get; set; }

    public ConcurrentQueue<OutgoingEvent> Appended { get; } = new();

    public ConcurrentQueue<ScriptedSubscription> Subscriptions { get; } = new();

    /// <summary>How many of the next attempts to subscribe fail.</summary>
    public int Refusals
    {
        get => Volatile.Read(ref _refusals);
        set => Volatile.Write(ref _refusals, value);
    }

    public Exception? AppendFailure { get; set; }

    public EventServer? FindServer() => Server;

    public ValueTask AppendAsync(IReadOnlyList<OutgoingEvent> batch, CancellationToken cancellationToken)
    {
        if (AppendFailure is { } failure)
        {
            return ValueTask.FromException(failure);
        }

        foreach (var outgoing in batch)
        {
            Appended.Enqueue(outgoing);
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask<IEventSubscription> SubscribeAsync(
        SubscriptionSpec spec, IDeliverySink sink, CancellationToken cancellationToken)
    {
        if (Interlocked.Decrement(ref _refusals) >= 0)
        {
            throw new EventTransportException("The store is away.");
        }

        var subscription = new ScriptedSubscription(spec, sink);
        Subscriptions.Enqueue(subscription);
        return new(subscription);
    }

    /// <summary>Hands a delivery to the only subscription.</summary>
    public ScriptedDelivery Deliver(ScriptedDelivery delivery)
    {
        Assert.Single(Subscriptions).Sink.Deliver(delivery);
        return delivery;
    }

    public ScriptedDelivery Deliver<T>(T data, int attempt = 1) => Deliver(new ScriptedDelivery(Envelopes.Of(data), attempt));
}
