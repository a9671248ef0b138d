using CloudNative.Embedded.Databases;
using CloudNative.Eventing;
using CloudNative.Shared.Outbox;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace CloudNative.Embedded.Outbox;

/// <summary>The rows in SQLite, and the file beside it that tells whose turn it is.</summary>
internal sealed partial class SqliteOutboxTable(ServiceDatabase database, TimeProvider time, ILogger logger) : IOutboxTable
{
    public ValueTask<long> HeadAsync(CancellationToken cancellationToken) => LookAsync(OutboxRows.Head, cancellationToken);

    public ValueTask<bool> AnyAsync(CancellationToken cancellationToken) => LookAsync(OutboxRows.Any, cancellationToken);

    public ValueTask<OutboxBacklog> MeasureAsync(CancellationToken cancellationToken) => LookAsync(OutboxRows.Measure, cancellationToken);

    public async ValueTask<OutboxBatch> ReadAsync(CancellationToken cancellationToken) =>
        await database.RunAsync(OutboxRows.Read, cancellationToken).ConfigureAwait(false);

    public async ValueTask<int> SettleAsync(OutboxBatch batch) => await database
        .WriteAsync(connection => OutboxRows.Settle(connection, batch, time.GetUtcNow()), CancellationToken.None)
        .ConfigureAwait(false);

    // A database in memory is seen by this process alone.
    public ValueTask<IAsyncDisposable?> TryTakeTurnAsync(CancellationToken cancellationToken) =>
        new(DatabaseIdentity.IsFile(database.Identity) ? RelayTurn.TryTake(database.Identity) : NoTurn.Needed);

    public void TellSetAside(long position, string reason) => LogSetAside(logger, position, database.Name, reason);

    public void TellGoingPast(TimeSpan waited) => LogGoingPast(logger, database.Name, waited);

    // Without tables nothing was enqueued: the service did not begin yet, or its file was replaced.
    private async ValueTask<T> LookAsync<T>(Func<SqliteConnection, T> read, CancellationToken cancellationToken)
        where T : struct => await database
        .RunAsync(
            connection =>
            {
                try
                {
                    return read(connection);
                }
                catch (SqliteException exception) when (TableSet.AreMissing(exception))
                {
                    return default;
                }
            },
            cancellationToken)
        .ConfigureAwait(false);
}
