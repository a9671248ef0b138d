using CloudNative.Eventing;
using CloudNative.PostgreSql.Databases;
using CloudNative.Shared.Outbox;
using CloudNative.Shared.OutboxSql;
using Microsoft.Extensions.Logging;

namespace CloudNative.PostgreSql.Outbox;

/// <summary>The rows in PostgreSQL, and the lock that tells whose turn it is.</summary>
internal sealed partial class PostgreSqlOutboxTable(OutboxDatabase database, TimeProvider time, ILogger logger) : IOutboxTable
{
    public ValueTask<long> HeadAsync(CancellationToken cancellationToken) =>
        database.RunAsync(OutboxRows.HeadAsync, cancellationToken);

    public ValueTask<OutboxBacklog> MeasureAsync(CancellationToken cancellationToken) =>
        database.RunAsync(OutboxRows.MeasureAsync, cancellationToken);

    public ValueTask<OutboxBatch> ReadAsync(CancellationToken cancellationToken) =>
        database.RunAsync(OutboxRows.ReadAsync, cancellationToken);

    public ValueTask<int> SettleAsync(OutboxBatch batch) => database.RunAsync(
        (connection, names, _) => OutboxRows.SettleAsync(connection, names, batch, time.GetUtcNow()), CancellationToken.None);

    public async ValueTask<IAsyncDisposable?> TryTakeTurnAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await AdvisoryTurn.TryTakeAsync(database.Database, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (DatabaseErrors.IsKnown(exception))
        {
            throw database.Translate(exception);
        }
    }

    public void TellSetAside(long position, string reason) => LogSetAside(logger, position, database.Name, reason);

    public void TellGoingPast(TimeSpan waited) => LogGoingPast(logger, database.Name, waited);
}
