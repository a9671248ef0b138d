using System.Collections.Concurrent;

namespace CloudNative.Eventing.Tests.Outbox;

/// <summary>A transport that does with each batch what the test says.</summary>
internal sealed class ScriptedTransport : IEventTransport
{
    public TransportCapabilities Capabilities { get; set; } = TransportCapabilities.Durable;

    public int MaxEventSize { get; set; } = 1_000_000;

    /// <summary>Called before a batch is stored; throws when it is not to be.</summary>
    public Func<IReadOnlyList<OutgoingEvent>, Task> Script { get; set; } = _ => Task.CompletedTask;

    public ConcurrentQueue<OutgoingEvent> Stored { get; } = new();

    public int Attempts;

    public IEnumerable<string> Ids => Stored.Select(stored => stored.Event.Id);

    public async ValueTask AppendAsync(IReadOnlyList<OutgoingEvent> batch, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref Attempts);
        await Script(batch);
        foreach (var outgoing in batch)
        {
            Stored.Enqueue(outgoing);
        }
    }

    public ValueTask<IEventSubscription> SubscribeAsync(
        SubscriptionSpec spec, IDeliverySink sink, CancellationToken cancellationToken) => throw new NotSupportedException();
}
