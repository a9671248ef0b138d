using CloudNative.Eventing;
using CloudNative.PostgreSql.Configuration;
using CloudNative.PostgreSql.Events.Writing;
using CloudNative.Shared.EventLog;

namespace CloudNative.PostgreSql.Events;

/// <summary>
/// Events in a log in PostgreSQL, shared by all processes that use the same schema of the same database.
/// </summary>
internal sealed class PostgreSqlEventTransport(EventLog log)
    : IEventTransport, IReplayable, IDeadLetterStore, IEventGroups, IEventServerSource, IAsyncDisposable, IDisposable
{
    private const int MostLetters = 1000;

    public TransportCapabilities Capabilities =>
        TransportCapabilities.Durable | TransportCapabilities.Ordered | TransportCapabilities.Delayed
        | TransportCapabilities.Broadcast | TransportCapabilities.Replay | TransportCapabilities.DeadLetters
        | TransportCapabilities.Deduplicated | TransportCapabilities.SequencedDeadLetters;

    public int MaxEventSize => Storable.MostBytes;

    public EventServer? FindServer() => log.FindServer();

    public ValueTask AppendAsync(IReadOnlyList<OutgoingEvent> batch, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(batch);
        ArgumentOutOfRangeException.ThrowIfZero(batch.Count, nameof(batch));
        cancellationToken.ThrowIfCancellationRequested();
        var events = new NewEvent[batch.Count];
        for (var index = 0; index < events.Length; index++)
        {
            RequireName(batch[index].Topic, nameof(batch));
            events[index] = Storable.From(batch[index]);
        }

        return log.Session is { } session
            ? new ValueTask(session.AppendAsync(events).WaitAsync(cancellationToken))
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
            session => session.WriteAsync((tables, scope) => Seek.Run(tables, scope, topic, group, point)), cancellationToken)
            .ConfigureAwait(false);
        return next ?? throw new KeyNotFoundException($"There is no group '{group}' of a topic '{topic}'.");
    }

    public async ValueTask<IReadOnlyList<DeadLetter>> ListAsync(DeadLetterQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentOutOfRangeException.ThrowIfLessThan(query.Limit, 1, nameof(query));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(query.Limit, MostLetters, nameof(query));
        return await log.RunAsync(session => session.ReadTablesAsync(tables => tables.ListLetters(query)), cancellationToken)
            .ConfigureAwait(false);
    }

    public async ValueTask<DeadLetter?> FindAsync(long id, CancellationToken cancellationToken) =>
        await log.RunAsync(session => session.ReadTablesAsync(tables => tables.ReadLetter(id)), cancellationToken)
            .ConfigureAwait(false);

    public async ValueTask<int> ReplayAsync(IReadOnlyList<long> ids, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(ids);
        return await log.RunAsync(
            session => session.WriteAsync((tables, scope) => KeySequence.Replay(tables, scope, ids)), cancellationToken)
            .ConfigureAwait(false);
    }

    public async ValueTask<bool> EditAsync(
        long id, ReadOnlyMemory<byte> data, string by, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(by);
        if (data.Length > MaxEventSize)
        {
            throw new EventRejectedException(
                $"{ErrorIds.NotStorable} The data have {data.Length} bytes; the log in PostgreSQL takes up to {MaxEventSize}.");
        }

        var bytes = data.ToArray();
        return await log.RunAsync(
            session => session.WriteAsync((tables, scope) => tables.EditLetter(id, bytes, by, scope.Now)),
            cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask<int> DiscardAsync(IReadOnlyList<long> ids, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(ids);
        return await log.RunAsync(
            session => session.WriteAsync((tables, scope) => KeySequence.Discard(tables, scope, ids)),
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

    private async ValueTask AppendFirstAsync(NewEvent[] events, CancellationToken cancellationToken)
    {
        var session = await log.GetSessionAsync(cancellationToken).ConfigureAwait(false);
        await session.AppendAsync(events).WaitAsync(cancellationToken).ConfigureAwait(false);
    }
}
