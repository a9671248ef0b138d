using System.Text;
using CloudNative.Eventing;
using CloudNative.PostgreSql.Configuration;
using CloudNative.Shared.EventLog;

namespace CloudNative.PostgreSql.Events;

/// <summary>
/// Events in a log in PostgreSQL, shared by all processes that use the same schema of the same database.
/// </summary>
internal sealed class PostgreSqlEventTransport(EventLog log)
    : IEventTransport, IReplayable, IDeadLetterStore, IEventGroups, IAsyncDisposable, IDisposable
{
    private const int MostLetters = 1000;

    private static readonly UTF8Encoding _strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

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

    private NewEvent Prepare(in OutgoingEvent outgoing)
    {
        var envelope = outgoing.Event;
        RequireName(outgoing.Topic, "batch");
        ArgumentOutOfRangeException.ThrowIfLessThan(outgoing.Delay, TimeSpan.Zero, "batch");
        ArgumentException.ThrowIfNullOrEmpty(envelope.Id, "batch");
        ArgumentException.ThrowIfNullOrEmpty(envelope.Source, "batch");
        ArgumentException.ThrowIfNullOrEmpty(envelope.Type, "batch");
        RequireText(envelope, envelope.Id);
        RequireText(envelope, envelope.Source);
        RequireText(envelope, envelope.Type);
        RequireText(envelope, envelope.Key);
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
                $"{ErrorIds.NotStorable} Event '{envelope.Id}' has {size} bytes; the log in PostgreSQL takes up to {MaxEventSize}. "
                + "Put the large part elsewhere and publish where it lies.");
    }

    // One that the server refuses would take all that is stored with it along.
    private static void RequireText(EventEnvelope envelope, string? text)
    {
        try
        {
            if (text is null || (!text.Contains('\0', StringComparison.Ordinal) && _strict.GetByteCount(text) >= 0))
            {
                return;
            }
        }
        catch (EncoderFallbackException)
        {
            // Half of a pair of UTF-16.
        }

        throw new EventRejectedException(
            $"{ErrorIds.NotStorable} An attribute of the event of type '{envelope.Type}' holds a character that is none of Unicode, or the "
            + "one of number 0, which PostgreSQL does not store. Leave it out of id, source, type and key.");
    }
}
