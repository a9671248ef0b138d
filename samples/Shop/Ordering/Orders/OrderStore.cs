using System.Globalization;
using CloudNative.Eventing;
using Microsoft.Data.Sqlite;
using Shop.Ordering.Events;

namespace Shop.Ordering.Orders;

/// <summary>Keeps the orders.</summary>
internal sealed class OrderStore(OrderingDatabase database, IOutbox outbox, ChangeSignal signal)
{
    /// <summary>Stores an order, gives it its number, and lets it be known: all in one transaction.</summary>
    /// <returns>The order, or <see langword="null"/> when the key was taken before: then nothing was stored.</returns>
    public async Task<Order?> AddAsync(Order order, IdempotencyKey key, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        await using var transaction = connection.BeginTransaction(deferred: false);
        if (await InsertAsync(connection, order, key, cancellationToken) is not { } number)
        {
            return null;
        }

        for (var position = 0; position < order.Lines.Count; position++)
        {
            await InsertLineAsync(connection, number, position, order.Lines[position], cancellationToken);
        }

        var placed = order with { Number = number };
        await OrderChanges.AddPlacedAsync(connection, placed, cancellationToken);

        // The event becomes true with the order: no crash leaves one without the other.
        await outbox.EnqueueAsync(
            transaction,
            new OrderPlaced(placed.Id, placed.Number, placed.PlacedAt, placed.Total),
            new PublishOptions { Key = placed.Id.ToString() },
            cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        signal.Raise();
        return placed;
    }

    public async Task<StoredOrder?> FindByKeyAsync(string key, CancellationToken cancellationToken) =>
        (await ReadAsync("WHERE o.idempotency_key = $key", [new("$key", key)], cancellationToken)).SingleOrDefault();

    public async Task<Order?> FindAsync(Guid id, CancellationToken cancellationToken) =>
        (await ReadAsync("WHERE o.id = $id", [new("$id", id.ToString())], cancellationToken)).SingleOrDefault()?.Order;

    public async Task<OrderPage> ListAsync(int page, int pageSize, CancellationToken cancellationToken)
    {
        var orders = await ReadAsync(
            "WHERE o.number IN (SELECT number FROM orders ORDER BY number DESC LIMIT $take OFFSET $skip)",
            [new("$take", pageSize), new("$skip", (page - 1) * pageSize)],
            cancellationToken);
        return new OrderPage([.. orders.Select(stored => stored.Order)], page, pageSize, await CountAsync(cancellationToken));
    }

    private async Task<int> CountAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT count(*) FROM orders";
        return Convert.ToInt32(await command.ExecuteScalarAsync(cancellationToken), CultureInfo.InvariantCulture);
    }

    private static async Task<long?> InsertAsync(
        SqliteConnection connection, Order order, IdempotencyKey key, CancellationToken cancellationToken)
    {
        await using var command = connection.CreateCommand();
        command.CommandText =
            """
            INSERT INTO orders (id, idempotency_key, fingerprint, placed_at) VALUES ($id, $key, $fingerprint, $placedAt)
            ON CONFLICT (idempotency_key) DO NOTHING
            RETURNING number
            """;
        command.Parameters.AddWithValue("$id", order.Id.ToString());
        command.Parameters.AddWithValue("$key", key.Value);
        command.Parameters.AddWithValue("$fingerprint", key.Fingerprint);
        command.Parameters.AddWithValue("$placedAt", order.PlacedAt.ToString("O", CultureInfo.InvariantCulture));
        return await command.ExecuteScalarAsync(cancellationToken) as long?;
    }

    private static async Task InsertLineAsync(
        SqliteConnection connection, long number, int position, OrderLine line, CancellationToken cancellationToken)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = "INSERT INTO order_lines VALUES ($number, $position, $productId, $name, $quantity, $cents)";
        command.Parameters.AddWithValue("$number", number);
        command.Parameters.AddWithValue("$position", position);
        command.Parameters.AddWithValue("$productId", line.ProductId);
        command.Parameters.AddWithValue("$name", line.Name);
        command.Parameters.AddWithValue("$quantity", line.Quantity);
        command.Parameters.AddWithValue("$cents", (long)(line.Price * 100));
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private async Task<List<StoredOrder>> ReadAsync(
        string where, SqliteParameter[] parameters, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText =
            $"""
            SELECT o.id, o.number, o.placed_at, o.fingerprint, l.product_id, l.name, l.quantity, l.cents,
                coalesce((SELECT max(status) FROM order_changes c WHERE c.order_number = o.number), 0),
                (SELECT max(reason) FROM order_changes c WHERE c.order_number = o.number)
            FROM orders o JOIN order_lines l ON l.order_number = o.number
            {where}
            ORDER BY o.number DESC, l.position
            """;
        command.Parameters.AddRange(parameters);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await ReadOrdersAsync(reader, cancellationToken);
    }

    // One row a line; the rows of an order follow each other.
    private static async Task<List<StoredOrder>> ReadOrdersAsync(SqliteDataReader reader, CancellationToken cancellationToken)
    {
        var orders = new List<StoredOrder>();
        var lines = new List<OrderLine>();
        while (await reader.ReadAsync(cancellationToken))
        {
            if (orders.Count == 0 || orders[^1].Order.Number != reader.GetInt64(1))
            {
                lines = [];
                var placedAt = DateTimeOffset.Parse(reader.GetString(2), CultureInfo.InvariantCulture);
                var order = new Order(
                    Guid.Parse(reader.GetString(0)),
                    reader.GetInt64(1),
                    placedAt,
                    lines,
                    (OrderStatus)reader.GetInt32(8),
                    reader.IsDBNull(9) ? null : reader.GetString(9));
                orders.Add(new StoredOrder(order, reader.GetString(3)));
            }

            lines.Add(new OrderLine(reader.GetString(4), reader.GetString(5), reader.GetInt32(6), reader.GetInt64(7) / 100m));
        }

        return orders;
    }
}
