using CloudNative.Eventing;

namespace CloudNative.Testing.Events;

/// <summary>Keeps what a transport tells of its events.</summary>
internal sealed class EventRecord : IEventObserver
{
    private readonly Lock _lock = new();
    private readonly List<PublishedEvent> _published = [];
    private readonly List<SettledEvent> _settled = [];

    public IReadOnlyList<PublishedEvent> Published
    {
        get
        {
            lock (_lock)
            {
                return [.. _published];
            }
        }
    }

    public IReadOnlyList<SettledEvent> Settled
    {
        get
        {
            lock (_lock)
            {
                return [.. _settled];
            }
        }
    }

    public void Clear()
    {
        lock (_lock)
        {
            _published.Clear();
            _settled.Clear();
        }
    }

    void IEventObserver.Stored(OutgoingEvent outgoing, long position)
    {
        lock (_lock)
        {
            _published.Add(new PublishedEvent(outgoing.Topic, outgoing.Event, position, outgoing.Delay));
        }
    }

    void IEventObserver.Settled(string topic, string group, EventDelivery delivery, Settlement settlement)
    {
        lock (_lock)
        {
            _settled.Add(new SettledEvent(topic, group, delivery.Event, delivery.Attempt, settlement.Kind, settlement.Failure));
        }
    }
}
