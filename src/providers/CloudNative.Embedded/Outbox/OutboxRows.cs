using System.Globalization;
using CloudNative.Embedded.Storage;
using CloudNative.Eventing;
using CloudNative.Shared.Outbox;
using Microsoft.Data.Sqlite;

namespace CloudNative.Embedded.Outbox;

/// <summary>Events as rows.</summary>
internal static class OutboxRows
{
    /// <summary>One insert in the caller's transaction.</summary>
    public static void Insert(SqliteTransaction transaction, OutgoingEvent outgoing, DateTimeOffset now)
    {
        using var command = transaction.Connection!.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = $"""
            INSERT INTO cloudnative_outbox ({OutboxRow.Columns})
            VALUES ($0, $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
            """;
        var values = OutboxRow.Values(outgoing, now);
        for (var index = 0; index < values.Length; index++)
        {
            command.Parameters.AddWithValue(string.Create(CultureInfo.InvariantCulture, $"${index}"), values[index] ?? DBNull.Value);
        }

        command.ExecuteNonQuery();
    }

    public static bool Any(SqliteConnection connection) => connection.Scalar("SELECT EXISTS (SELECT 1 FROM cloudnative_outbox)") != 0;

    /// <summary>The position of the oldest row, or 0.</summary>
    public static long Head(SqliteConnection connection) => connection.Scalar("SELECT IFNULL(MIN(position), 0) FROM cloudnative_outbox");

    public static OutboxBacklog Measure(SqliteConnection connection)
    {
        // Two look-ups by key each; counting would read the whole table.
        var waiting = connection.Scalar(
            "SELECT IFNULL((SELECT MAX(position) FROM cloudnative_outbox) - (SELECT MIN(position) FROM cloudnative_outbox) + 1, 0)");
        var oldest = connection.Scalar("SELECT enqueued FROM cloudnative_outbox ORDER BY position LIMIT 1");
        var aside = connection.Scalar("SELECT COUNT(*) FROM cloudnative_outbox_aside");
        var version = connection.Scalar("SELECT seq FROM sqlite_sequence WHERE name = 'cloudnative_outbox'");
        return new OutboxBacklog(waiting, waiting == 0 ? null : DateTimeOffset.FromUnixTimeMilliseconds(oldest), aside, version);
    }

    /// <summary>The oldest rows, not more of them than a batch holds.</summary>
    public static OutboxBatch Read(SqliteConnection connection)
    {
        var batch = new OutboxBatch();
        using var command = connection.CreateCommand();
        command.CommandText = $"SELECT position, {OutboxRow.Columns} FROM cloudnative_outbox ORDER BY position LIMIT $limit";
        command.Parameters.AddWithValue("$limit", OutboxBatch.MostEvents);
        using var reader = command.ExecuteReader();
        while (!batch.IsFull && reader.Read())
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

        return batch;
    }

    /// <summary>Removes a batch that was moved, and keeps aside what could not be.</summary>
    public static int Settle(SqliteConnection connection, OutboxBatch batch, DateTimeOffset now)
    {
        foreach (var (position, reason) in batch.Aside)
        {
            connection.Execute(
                $"""
                INSERT OR REPLACE INTO cloudnative_outbox_aside (position, reason, since, {OutboxRow.Columns})
                SELECT position, $reason, $since, {OutboxRow.Columns} FROM cloudnative_outbox WHERE position = $position
                """,
                ("$position", position), ("$reason", reason), ("$since", now.ToUnixTimeMilliseconds()));
        }

        // One by one: nothing goes that was not moved, whatever else came into the table meanwhile.
        using var command = connection.CreateCommand();
        command.CommandText = "DELETE FROM cloudnative_outbox WHERE position = $position";
        var parameter = command.Parameters.Add("$position", SqliteType.Integer);
        var removed = 0;
        foreach (var position in batch.Positions)
        {
            parameter.Value = position;
            removed += command.ExecuteNonQuery();
        }

        return removed;
    }
}
