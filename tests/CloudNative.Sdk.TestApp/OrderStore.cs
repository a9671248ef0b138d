using System.Collections.Concurrent;
using CloudNative.Eventing;
using Microsoft.Data.Sqlite;

namespace CloudNative.Sdk.TestApp;

/// <summary>What was ordered, in a database, and what was shipped.</summary>
public sealed class OrderStore(IOutbox outbox, IConfiguration configuration)
{
    /// <summary>The connection string.</summary>
    public const string Name = "orders";

    /// <summary>Numbers of orders, each as often as it was shipped.</summary>
    public ConcurrentQueue<int> Shipped { get; } = new();

    /// <summary>Stores an order with its event.</summary>
    public async Task PlaceAsync(OrderPlaced order, CancellationToken cancellationToken)
    {
        using var connection = new SqliteConnection(configuration.GetConnectionString(Name));
        await connection.OpenAsync(cancellationToken);
        using var transaction = connection.BeginTransaction();
        await outbox.EnqueueAsync(transaction, order, null, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    /// <summary>Handles the event.</summary>
    public ValueTask Ship(OrderPlaced order, EventContext context)
    {
        if (context.Attempt <= order.Failures)
        {
            throw new InvalidOperationException("The carrier is closed.");
        }

        Shipped.Enqueue(order.Number);
        return ValueTask.CompletedTask;
    }
}
