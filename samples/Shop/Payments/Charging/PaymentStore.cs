using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Shop.Payments.Charging;

/// <summary>Keeps the payments.</summary>
internal sealed class PaymentStore(PaymentsDatabase database)
{
    /// <summary>Adds a payment in the transaction that is open on the connection.</summary>
    public static async Task AddAsync(SqliteConnection connection, Payment payment, CancellationToken cancellationToken)
    {
        await using var command = connection.CreateCommand();
        command.CommandText =
            """
            INSERT INTO payments (order_id, cents, accepted, reason, attempt, decided_at)
            VALUES ($orderId, $cents, $accepted, $reason, $attempt, $decidedAt)
            """;
        command.Parameters.AddWithValue("$orderId", payment.OrderId.ToString());
        command.Parameters.AddWithValue("$cents", (long)(payment.Amount * 100));
        command.Parameters.AddWithValue("$accepted", payment.Accepted);
        command.Parameters.AddWithValue("$reason", (object?)payment.Reason ?? DBNull.Value);
        command.Parameters.AddWithValue("$attempt", payment.Attempt);
        command.Parameters.AddWithValue("$decidedAt", payment.DecidedAt.ToString("O", CultureInfo.InvariantCulture));
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    public async Task<PaymentPage> ListAsync(int page, int pageSize, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText =
            """
            SELECT order_id, cents, accepted, reason, attempt, decided_at, (SELECT count(*) FROM payments)
            FROM payments ORDER BY number DESC LIMIT $take OFFSET $skip
            """;
        command.Parameters.AddWithValue("$take", pageSize);
        command.Parameters.AddWithValue("$skip", (page - 1) * pageSize);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var (payments, total) = (new List<Payment>(), 0);
        while (await reader.ReadAsync(cancellationToken))
        {
            total = reader.GetInt32(6);
            payments.Add(new Payment(
                Guid.Parse(reader.GetString(0)),
                reader.GetInt64(1) / 100m,
                reader.GetBoolean(2),
                reader.IsDBNull(3) ? null : reader.GetString(3),
                reader.GetInt32(4),
                DateTimeOffset.Parse(reader.GetString(5), CultureInfo.InvariantCulture)));
        }

        return new PaymentPage(payments, page, pageSize, total);
    }
}
