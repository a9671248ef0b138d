using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Shop.Shipping.Shipments;

/// <summary>Keeps the shipments.</summary>
internal sealed class ShipmentStore(ShippingDatabase database)
{
    /// <summary>Adds a shipment in the transaction that is open on the connection.</summary>
    public static async Task AddAsync(SqliteConnection connection, Shipment shipment, CancellationToken cancellationToken)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = "INSERT INTO shipments (order_id, attempt, shipped_at) VALUES ($orderId, $attempt, $shippedAt)";
        command.Parameters.AddWithValue("$orderId", shipment.OrderId.ToString());
        command.Parameters.AddWithValue("$attempt", shipment.Attempt);
        command.Parameters.AddWithValue("$shippedAt", shipment.ShippedAt.ToString("O", CultureInfo.InvariantCulture));
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    public async Task<ShipmentPage> ListAsync(int page, int pageSize, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText =
            """
            SELECT order_id, attempt, shipped_at, (SELECT count(*) FROM shipments)
            FROM shipments ORDER BY number DESC LIMIT $take OFFSET $skip
            """;
        command.Parameters.AddWithValue("$take", pageSize);
        command.Parameters.AddWithValue("$skip", (page - 1) * pageSize);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var (shipments, total) = (new List<Shipment>(), 0);
        while (await reader.ReadAsync(cancellationToken))
        {
            total = reader.GetInt32(3);
            var shippedAt = DateTimeOffset.Parse(reader.GetString(2), CultureInfo.InvariantCulture);
            shipments.Add(new Shipment(Guid.Parse(reader.GetString(0)), reader.GetInt32(1), shippedAt));
        }

        return new ShipmentPage(shipments, page, pageSize, total);
    }
}
