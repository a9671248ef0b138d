using CloudNative.Embedded.Configuration;
using CloudNative.Embedded.Events.Storage;
using CloudNative.Embedded.Events.Writing;
using CloudNative.Eventing;
using CloudNative.Shared.EventLog;

namespace CloudNative.Embedded.Events;

/// <summary>Events in a log that all processes of the app share: events.db.</summary>
internal sealed class EmbeddedEventTransport(EventLog log)
    : IEventTransport, IReplayable, IDeadLetterStore, IEventGroups, IAsyncDisposable, IDisposable
{
    private const int MostLetters = 1000;

    public TransportCapabilities Capabilities =>
        TransportCapabilities.Durable | TransportCapabilities.Ordered | TransportCapabilities.Delayed
        | TransportCapabilities.Broadcast | TransportCapabilities.Replay | TransportCapabilities.DeadLetters
        | TransportCapabilities.Deduplicated | TransportCapabilities.SequencedDeadLetters;

    public int MaxEventSize => 1024 * 1024;

    public ValueTask AppendAsync(IReadOnlyList<OutgoingEvent> batch, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(batch);
        ArgumentOutOfRangeException.ThrowIfZero(batch.Count, nameof(batch));
        cancellationToken.ThrowIfCancellationRequested();
        var events = new NewEvent[batch.Count];
        for (var index = 0; index < events.Length; index++)
        {
            events[index] = Prepare(batch[index]);
        }

        return log.Session is { } session
            ? new ValueTask(Append(session, events).WaitAsync(cancellationToken))
            : AppendFirstAsync(events, cancellationToken);
    }

    public async ValueTask<IEventSubscription> SubscribeAsync(
        SubscriptionSpec spec, IDeliverySink sink, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(spec);
        ArgumentNullException.ThrowIfNull(sink);
        RequireName(spec.Topic, nameof(spec));
        RequireName(spec.Group, nameof(spec));
        ArgumentOutOfRangeException.ThrowIfLessThan(spec.MaxInFlight, 1, nameof(spec));
        ArgumentOutOfRangeException.ThrowIfLessThan(spec.MaxAttempts, 1, nameof(spec));
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(spec.LeaseDuration, TimeSpan.Zero, nameof(spec));
        return await log.SubscribeAsync(spec, sink, cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask<long> SeekAsync(string topic, string group, ReplayPoint point, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(topic);
        ArgumentNullException.ThrowIfNull(group);
        var next = await log.RunAsync(
            session => session.Writer.RunAsync(
                (connection, scope) => Seek.Run(connection.Tables, scope, topic, group, point), durable: true),
            cancellationToken).ConfigureAwait(false);
        return next ?? throw new KeyNotFoundException($"There is no group '{group}' of a topic '{topic}'.");
    }

    public async ValueTask<IReadOnlyList<DeadLetter>> ListAsync(DeadLetterQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentOutOfRangeException.ThrowIfLessThan(query.Limit, 1, nameof(query));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(query.Limit, MostLetters, nameof(query));
        return await log.RunAsync(
            session => session.Reader.RunAsync(connection => DeadLetterRows.List(connection, query)), cancellationToken)
            .ConfigureAwait(false);
    }

    public async ValueTask<DeadLetter?> FindAsync(long id, CancellationToken cancellationToken) =>
        await log.RunAsync(
            session => session.Reader.RunAsync(connection => DeadLetterRows.Find(connection, id)), cancellationToken)
            .ConfigureAwait(false);

    public async ValueTask<int> ReplayAsync(IReadOnlyList<long> ids, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(ids);
        return await log.RunAsync(
            session => session.WriteAsync((tables, scope) => KeySequence.Replay(tables, scope, ids), durable: true),
            cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask<bool> EditAsync(
        long id, ReadOnlyMemory<byte> data, string by, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(by);
        if (data.Length > MaxEventSize)
        {
            throw new EventRejectedException(
                $"{ErrorIds.TooLarge} The data have {data.Length} bytes; the embedded log takes up to {MaxEventSize}.");
        }

        var bytes = data.ToArray();
        return await log.RunAsync(
            session => session.WriteAsync((tables, scope) => tables.EditLetter(id, bytes, by, scope.Now), durable: true),
            cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask<int> DiscardAsync(IReadOnlyList<long> ids, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(ids);
        return await log.RunAsync(
            session => session.WriteAsync((tables, scope) => KeySequence.Discard(tables, scope, ids), durable: true),
            cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask<IReadOnlyList<EventGroup>> ListGroupsAsync(CancellationToken cancellationToken) =>
        await log.RunAsync(session => session.ReadAsync(Backlog.ReadAll), cancellationToken).ConfigureAwait(false);

    public void Dispose() => log.Dispose();

    public ValueTask DisposeAsync() => log.DisposeAsync();

    private static void RequireName(string name, string parameter)
    {
        if (!EventTopic.IsValid(name))
        {
            throw new ArgumentException($"'{name}' is no name of a topic or group; see {nameof(EventTopic)}.", parameter);
        }
    }

    private static Task Append(LogSession session, NewEvent[] events)
    {
        var request = new AppendRequest(events, session);
        session.Writer.Post(request);
        return request.Task;
    }

    private async ValueTask AppendFirstAsync(NewEvent[] events, CancellationToken cancellationToken)
    {
        var session = await log.GetSessionAsync(cancellationToken).ConfigureAwait(false);
        await Append(session, events).WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    private NewEvent Prepare(in OutgoingEvent outgoing)
    {
        var envelope = outgoing.Event;
        RequireName(outgoing.Topic, "batch");
        ArgumentOutOfRangeException.ThrowIfLessThan(outgoing.Delay, TimeSpan.Zero, "batch");
        ArgumentException.ThrowIfNullOrEmpty(envelope.Id, "batch");
        ArgumentException.ThrowIfNullOrEmpty(envelope.Source, "batch");
        ArgumentException.ThrowIfNullOrEmpty(envelope.Type, "batch");
        var attributes = Attributes.Write(envelope);
        var size = envelope.Data.Length + (attributes?.Length ?? 0)
            + envelope.Id.Length + envelope.Source.Length + envelope.Type.Length + (envelope.Key?.Length ?? 0);
        return size <= MaxEventSize
            ? new NewEvent(
                outgoing.Topic,
                envelope,
                attributes,
                EventIdentity.Of(outgoing.Topic, envelope.Source, envelope.Id),
                (long)Math.Ceiling(outgoing.Delay.TotalMilliseconds))
            : throw new EventRejectedException(
                $"{ErrorIds.TooLarge} Event '{envelope.Id}' has {size} bytes; the embedded log takes up to {MaxEventSize}. "
                + "Put the large part elsewhere and publish where it lies.");
    }
}
