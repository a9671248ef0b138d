namespace CloudNative.Eventing;

/// <summary>
/// Told what is stored and what becomes of each delivery, by transports that keep everything in memory; for tests. Registered as a
/// singleton; several may be. Called inline, from any thread and several at a time: must be quick and must not throw.
/// </summary>
public interface IEventObserver
{
    /// <summary>An event was stored; one that was recognised as known already is not.</summary>
    /// <param name="outgoing">The event, its topic and its delay.</param>
    /// <param name="position">Its place in the topic's log, from 1.</param>
    void Stored(OutgoingEvent outgoing, long position);

    /// <summary>A delivery was settled and counted.</summary>
    /// <param name="topic">The topic.</param>
    /// <param name="group">The group.</param>
    /// <param name="delivery">The delivery.</param>
    /// <param name="settlement">What became of it.</param>
    void Settled(string topic, string group, EventDelivery delivery, Settlement settlement);
}
