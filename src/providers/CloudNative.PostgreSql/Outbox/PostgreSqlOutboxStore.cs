using System.Data.Common;
using CloudNative.Eventing;
using CloudNative.Shared.Outbox;
using CloudNative.Shared.OutboxSql;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace CloudNative.PostgreSql.Outbox;

/// <summary>The outbox in a PostgreSQL database of the service.</summary>
internal sealed class PostgreSqlOutboxStore : IOutboxStore, IDisposable
{
    private readonly OutboxDatabase _database;
    private readonly Func<PostgreSqlOutboxOptions> _options;
    private readonly TimeProvider _time;
    private readonly CommitSignal _signal;
    private readonly PostgreSqlOutboxTable _table;
    private readonly OutboxDrain _drain;

    public PostgreSqlOutboxStore(
        OutboxDatabase database,
        Func<PostgreSqlOutboxOptions> options,
        TimeProvider time,
        ILogger<PostgreSqlOutboxStore> logger)
    {
        (_database, _options, _time) = (database, options, time);
        _signal = new CommitSignal(time);
        _table = new PostgreSqlOutboxTable(database, time, logger);
        _drain = new OutboxDrain(_table, time);
    }

    public string Name => _database.Name;

    public bool Serves(DbTransaction transaction) => _database.Serves(transaction);

    public ValueTask PrepareAsync(CancellationToken cancellationToken) => _database.PrepareAsync(cancellationToken);

    public async ValueTask EnqueueAsync(
        DbTransaction transaction, OutgoingEvent outgoing, CancellationToken cancellationToken)
    {
        // A statement that fails ends the caller's transaction, so the tables are looked for before, once.
        await _database.PrepareAsync(cancellationToken).ConfigureAwait(false);
        var now = _time.GetUtcNow();
        try
        {
            await OutboxRows.InsertAsync(transaction, _database.Names.Outbox, outgoing, now, cancellationToken)
                .ConfigureAwait(false);
        }
        catch (PostgresException exception) when (OutboxDatabase.AreTablesMissing(exception))
        {
            throw _database.Translate(exception);
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
