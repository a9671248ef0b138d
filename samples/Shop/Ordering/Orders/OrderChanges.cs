using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Shop.Ordering.Orders;

/// <summary>Keeps every step of every order.</summary>
internal sealed class OrderChanges(OrderingDatabase database, ChangeSignal signal, TimeProvider time)
{
    private const int MostAtOnce = 200;

    /// <summary>Notes the first step of a new order in the transaction that is open on the connection.</summary>
    public static async Task AddPlacedAsync(SqliteConnection connection, Order order, CancellationToken cancellationToken)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = "INSERT INTO order_changes (order_number, status, changed_at) VALUES ($number, $status, $changedAt)";
        command.Parameters.AddWithValue("$number", order.Number);
        command.Parameters.AddWithValue("$status", (int)OrderStatus.Placed);
        command.Parameters.AddWithValue("$changedAt", Text(order.PlacedAt));
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Moves an order on; does nothing when it is there already or further. That is why no inbox is needed here.</summary>
    public async Task AdvanceAsync(Guid order, OrderStatus status, string? reason, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText =
            """
            INSERT INTO order_changes (order_number, status, reason, changed_at)
            SELECT number, $status, $reason, $changedAt FROM orders o
            WHERE o.id = $id AND NOT EXISTS (
                SELECT 1 FROM order_changes c WHERE c.order_number = o.number AND c.status >= $status)
            """;
        command.Parameters.AddWithValue("$id", order.ToString());
        command.Parameters.AddWithValue("$status", (int)status);
        command.Parameters.AddWithValue("$reason", (object?)reason ?? DBNull.Value);
        command.Parameters.AddWithValue("$changedAt", Text(time.GetUtcNow()));
        if (await command.ExecuteNonQueryAsync(cancellationToken) > 0)
        {
            signal.Raise();
        }
    }

    /// <summary>The next changes after a place, in order; empty when there are none yet.</summary>
    public async Task<List<OrderChange>> ReadAsync(long after, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText =
            """
            SELECT c.sequence, o.id, o.number, c.status, c.reason, c.changed_at
            FROM order_changes c JOIN orders o ON o.number = c.order_number
            WHERE c.sequence > $after ORDER BY c.sequence LIMIT $take
            """;
        command.Parameters.AddWithValue("$after", after);
        command.Parameters.AddWithValue("$take", MostAtOnce);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var changes = new List<OrderChange>();
        while (await reader.ReadAsync(cancellationToken))
        {
            changes.Add(new OrderChange(
                reader.GetInt64(0),
                Guid.Parse(reader.GetString(1)),
                reader.GetInt64(2),
                (OrderStatus)reader.GetInt32(3),
                reader.IsDBNull(4) ? null : reader.GetString(4),
                DateTimeOffset.Parse(reader.GetString(5), CultureInfo.InvariantCulture)));
        }

        return changes;
    }

    /// <summary>The place of the latest change.</summary>
    public async Task<long> LastAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT coalesce(max(sequence), 0) FROM order_changes";
        return (long)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    private static string Text(DateTimeOffset time) => time.ToString("O", CultureInfo.InvariantCulture);
}
