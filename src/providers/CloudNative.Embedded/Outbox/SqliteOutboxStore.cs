using System.Data.Common;
using CloudNative.Embedded.Databases;
using CloudNative.Eventing;
using CloudNative.Shared.Outbox;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace CloudNative.Embedded.Outbox;

/// <summary>The outbox in a SQLite database of the service.</summary>
internal sealed class SqliteOutboxStore : IOutboxStore, IAsyncDisposable, IDisposable
{
    private readonly ServiceDatabase _database;
    private readonly TimeProvider _time;
    private readonly CommitWatch _watch;
    private readonly SqliteOutboxTable _table;
    private readonly OutboxDrain _drain;
    private readonly TableSet _tables = OutboxTables.Create();

    public SqliteOutboxStore(ServiceDatabase database, TimeProvider time, ILogger<SqliteOutboxStore> logger)
    {
        _database = database;
        _time = time;
        _watch = new CommitWatch(time);
        _table = new SqliteOutboxTable(database, time, logger);
        _drain = new OutboxDrain(_table, time);
    }

    public string Name => _database.Name;

    public bool Serves(DbTransaction transaction) =>
        transaction is SqliteTransaction { Connection: { } connection } && _database.Holds(connection);

    public async ValueTask PrepareAsync(CancellationToken cancellationToken) => await _database.RunAsync(
        connection =>
        {
            _tables.Prepare(connection, Name, _database.Options.Provisioning);
            return 0;
        },
        cancellationToken).ConfigureAwait(false);

    public ValueTask EnqueueAsync(DbTransaction transaction, OutgoingEvent outgoing, CancellationToken cancellationToken)
    {
        // On the caller's thread: it is the caller's connection, and its lock is held or waited for by the caller anyhow.
        var open = (SqliteTransaction)transaction;
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            OutboxRows.Insert(open, outgoing, _time.GetUtcNow());
        }
        catch (SqliteException exception) when (TableSet.AreMissing(exception))
        {
            // Before the start, or after the file was replaced. They come and go with the caller's transaction.
            _tables.PrepareWithin(open.Connection!, Name, _database.Options.Provisioning);
            OutboxRows.Insert(open, outgoing, _time.GetUtcNow());
        }

        _watch.Add(open);
        return ValueTask.CompletedTask;
    }

    public ValueTask<int> DrainAsync(
        Func<IReadOnlyList<OutgoingEvent>, CancellationToken, ValueTask<IReadOnlyList<OutboxRejection>>> relay,
        CancellationToken cancellationToken) => _drain.RunAsync(relay, cancellationToken);

    public async ValueTask WaitAsync(CancellationToken cancellationToken)
    {
        while (!await _table.AnyAsync(cancellationToken).ConfigureAwait(false))
        {
            await _watch.WaitAsync(_database.Options.PollInterval, cancellationToken).ConfigureAwait(false);
        }
    }

    public ValueTask<OutboxBacklog> GetBacklogAsync(CancellationToken cancellationToken) => _table.MeasureAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        _watch.Dispose();
        _drain.Dispose();
        await _database.DisposeAsync().ConfigureAwait(false);
    }

    public void Dispose()
    {
        _watch.Dispose();
        _drain.Dispose();
        _database.Dispose();
    }
}
