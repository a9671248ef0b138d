using System.Data.Common;

namespace CloudNative.Eventing;

/// <summary>One delivery of an event to one group. Valid until the handler has returned; not thread-safe.</summary>
public abstract class EventContext
{
    /// <summary>The event as it travelled.</summary>
    public abstract EventEnvelope Event { get; }

    /// <summary>The topic it came from.</summary>
    public abstract string Topic { get; }

    /// <summary>The group it is handled for.</summary>
    public abstract string Group { get; }

    /// <summary>Which attempt this is, from 1; attempts in other processes are counted too.</summary>
    public abstract int Attempt { get; }

    /// <summary>Its place in the topic's log, from 1; <see langword="null"/> on a transport that keeps no log.</summary>
    public abstract long? Position { get; }

    /// <summary>
    /// The services of this attempt's scope: each attempt has one of its own, so that it finds nothing that a failed one left behind.
    /// </summary>
    public abstract IServiceProvider Services { get; }

    /// <summary>Gives the event up: when the handler returns it becomes a dead letter instead of being acknowledged.</summary>
    /// <param name="reason">Why, for whoever looks at the dead letter.</param>
    public abstract void DeadLetter(string reason);

    /// <summary>
    /// Claims the event for this group in the handler's own transaction (the inbox). The effect and the claim are committed
    /// together, so that the effect happens once however often the event is delivered.
    /// </summary>
    /// <param name="transaction">The transaction that the effect is written in; open.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <returns>
    /// <see langword="false"/> when the event was claimed before: the effect is there already, return without doing anything.
    /// </returns>
    /// <exception cref="InvalidOperationException">No inbox of this service serves such a database.</exception>
    public abstract ValueTask<bool> TryClaimAsync(DbTransaction transaction, CancellationToken cancellationToken);
}
