using System.Data.Common;
using System.Globalization;
using CloudNative.Eventing;
using CloudNative.Shared.Outbox;

namespace CloudNative.Shared.OutboxSql;

/// <summary>Statements on the rows, in words that SQLite and PostgreSQL share.</summary>
internal static class OutboxRows
{
    /// <summary>One insert in the caller's transaction.</summary>
    public static async ValueTask InsertAsync(
        DbTransaction transaction, string table, OutgoingEvent outgoing, DateTimeOffset now, CancellationToken cancellationToken)
    {
        const string Sql = "(" + OutboxRow.Columns + ") VALUES (@0, @1, @2, @3, @4, @5, @6, @7, @8, @9, @10, @11, @12, @13, @14)";
        var command = transaction.Connection!.Command(transaction, $"INSERT INTO {table} {Sql}", OutboxRow.Values(outgoing, now));
        await command.ExecuteAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The position of the oldest row, or 0.</summary>
    public static ValueTask<long> HeadAsync(
        DbConnection connection, OutboxNames tables, CancellationToken cancellationToken) =>
        connection.Command(null, $"SELECT COALESCE(MIN(position), 0) FROM {tables.Outbox}").ScalarAsync(cancellationToken);

    public static async ValueTask<OutboxBacklog> MeasureAsync(
        DbConnection connection, OutboxNames tables, CancellationToken cancellationToken)
    {
        // Look-ups by key; counting would read the whole table.
        var head = await HeadAsync(connection, tables, cancellationToken).ConfigureAwait(false);
        var last = await connection
            .Command(null, $"SELECT COALESCE(MAX(position), 0) FROM {tables.Outbox}")
            .ScalarAsync(cancellationToken).ConfigureAwait(false);
        var oldest = await connection
            .Command(null, $"SELECT enqueued FROM {tables.Outbox} ORDER BY position LIMIT 1")
            .ScalarAsync(cancellationToken).ConfigureAwait(false);
        var aside = await connection
            .Command(null, $"SELECT COUNT(*) FROM {tables.Aside}")
            .ScalarAsync(cancellationToken).ConfigureAwait(false);
        var moved = await connection
            .Command(null, $"SELECT moved FROM {tables.Turn}")
            .ScalarAsync(cancellationToken).ConfigureAwait(false);
        return last == 0
            ? new OutboxBacklog(0, null, aside, moved)
            : new OutboxBacklog(
                last - head + 1, DateTimeOffset.FromUnixTimeMilliseconds(oldest), aside, Math.Max(last, moved));
    }

    /// <summary>The oldest rows, not more of them than a batch holds.</summary>
    public static async ValueTask<OutboxBatch> ReadAsync(
        DbConnection connection, OutboxNames tables, CancellationToken cancellationToken)
    {
        var batch = new OutboxBatch();
        var command = connection.Command(
            null, $"SELECT position, {OutboxRow.Columns} FROM {tables.Outbox} ORDER BY position LIMIT {OutboxBatch.MostEvents}");
        await using (command.ConfigureAwait(false))
        {
            var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
            await using (reader.ConfigureAwait(false))
            {
                while (!batch.IsFull && await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
                {
                    var position = reader.GetInt64(0);
                    try
                    {
                        batch.Add(position, OutboxRow.Read(reader, 1));
                    }
                    catch (Exception exception) when (OutboxRow.IsUnreadable(exception))
                    {
                        batch.SetAside(position, exception.Message);
                    }
                }
            }
        }

        return batch;
    }

    /// <summary>Removes a batch that was moved, and keeps aside what could not be, in one transaction.</summary>
    public static async ValueTask<int> SettleAsync(
        DbConnection connection, OutboxNames tables, OutboxBatch batch, DateTimeOffset now)
    {
        var transaction = await connection.BeginTransactionAsync(CancellationToken.None).ConfigureAwait(false);
        await using (transaction.ConfigureAwait(false))
        {
            foreach (var (position, reason) in batch.Aside)
            {
                await connection.Command(
                    transaction,
                    $"""
                    INSERT INTO {tables.Aside} (position, reason, since, {OutboxRow.Columns})
                    SELECT position, @0, @1, {OutboxRow.Columns} FROM {tables.Outbox} WHERE position = @2
                    ON CONFLICT DO NOTHING
                    """,
                    reason, now.ToUnixTimeMilliseconds(), position).ExecuteAsync(CancellationToken.None).ConfigureAwait(false);
            }

            // By position: nothing goes that was not moved, whatever else came into the table meanwhile.
            var positions = string.Join(',', batch.Positions.Select(position => position.ToString(CultureInfo.InvariantCulture)));
            var removed = await connection
                .Command(transaction, $"DELETE FROM {tables.Outbox} WHERE position IN ({positions})")
                .ExecuteAsync(CancellationToken.None).ConfigureAwait(false);
            await connection
                .Command(
                    transaction,
                    $"UPDATE {tables.Turn} SET moved = @0, beat = beat + 1 WHERE moved < @0",
                    batch.Positions.Max())
                .ExecuteAsync(CancellationToken.None).ConfigureAwait(false);
            await transaction.CommitAsync(CancellationToken.None).ConfigureAwait(false);
            return removed;
        }
    }
}
