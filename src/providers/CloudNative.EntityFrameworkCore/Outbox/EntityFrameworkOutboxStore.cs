using System.Data.Common;
using CloudNative.EntityFrameworkCore.Contexts;
using CloudNative.EntityFrameworkCore.Model;
using CloudNative.Eventing;
using CloudNative.Shared.Outbox;
using CloudNative.Shared.OutboxSql;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace CloudNative.EntityFrameworkCore.Outbox;

/// <summary>The outbox in the database of a context.</summary>
internal sealed class EntityFrameworkOutboxStore<TContext> : IOutboxStore, IDisposable
    where TContext : DbContext
{
    private readonly ContextDatabase<TContext> _database;
    private readonly CommitSignal<TContext> _signal;
    private readonly Func<EntityFrameworkOutboxOptions> _options;
    private readonly TimeProvider _time;
    private readonly OutboxTable<TContext> _table;
    private readonly OutboxDrain _drain;

    public EntityFrameworkOutboxStore(
        ContextDatabase<TContext> database,
        CommitSignal<TContext> signal,
        Func<EntityFrameworkOutboxOptions> options,
        TimeProvider time,
        ILogger<EntityFrameworkOutboxStore<TContext>> logger)
    {
        (_database, _signal, _options, _time) = (database, signal, options, time);
        _table = new OutboxTable<TContext>(database, options, time, logger);
        _drain = new OutboxDrain(_table, time);
    }

    public string Name => ContextDatabase<TContext>.Name;

    public bool Serves(DbTransaction transaction) =>
        transaction.Connection is { } connection && _database.Holds(connection);

    public async ValueTask PrepareAsync(CancellationToken cancellationToken) =>
        await _database.CheckAsync("outbox", EventTables.OutboxVersion, cancellationToken).ConfigureAwait(false);

    public async ValueTask EnqueueAsync(
        DbTransaction transaction, OutgoingEvent outgoing, CancellationToken cancellationToken)
    {
        try
        {
            var now = _time.GetUtcNow();
            await OutboxRows.InsertAsync(transaction, _database.Tables.Outbox, outgoing, now, cancellationToken)
                .ConfigureAwait(false);
        }
        catch (DbException exception) when (DatabaseErrors.IsTableMissing(exception))
        {
            throw DatabaseErrors.Translate(exception, Name);
        }

        _signal.Expect(transaction.Connection!);
    }

    public ValueTask<int> DrainAsync(
        Func<IReadOnlyList<OutgoingEvent>, CancellationToken, ValueTask<IReadOnlyList<OutboxRejection>>> relay,
        CancellationToken cancellationToken) => _drain.RunAsync(relay, cancellationToken);

    public ValueTask WaitAsync(CancellationToken cancellationToken) =>
        _signal.WaitAsync(_table.HeadAsync, _options().PollInterval, cancellationToken);

    public ValueTask<OutboxBacklog> GetBacklogAsync(CancellationToken cancellationToken) =>
        _table.MeasureAsync(cancellationToken);

    public void Dispose() => _drain.Dispose();
}
