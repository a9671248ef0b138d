using System.Text.Json.Serialization;
using CloudNative.Eventing;
using Microsoft.Data.Sqlite;

namespace Snippets;

// begin-snippet: event
/// <summary>Somebody has ordered something. The name on the wire is <c>orders.placed.v1</c>, the topic <c>orders</c>.</summary>
[Event("orders.placed")]
public sealed record OrderPlaced(string Order, string Customer, decimal Total);

[JsonSerializable(typeof(OrderPlaced))]
internal sealed partial class OrderJson : JsonSerializerContext;
// end-snippet

/// <summary>Takes orders: the order and its event are written in one transaction, or neither is.</summary>
public sealed class Orders(IOutbox outbox, string connectionString)
{
    // begin-snippet: outbox
    /// <summary>Places an order.</summary>
    public async Task PlaceAsync(OrderPlaced order, CancellationToken cancellationToken)
    {
        await using var connection = new SqliteConnection(connectionString);
        await connection.OpenAsync(cancellationToken);
        await using var transaction = connection.BeginTransaction();

        await using var insert = connection.CreateCommand();
        insert.CommandText = "INSERT INTO orders (id, customer) VALUES ($id, $customer)";
        insert.Parameters.AddWithValue("$id", order.Order);
        insert.Parameters.AddWithValue("$customer", order.Customer);
        await insert.ExecuteNonQueryAsync(cancellationToken);

        await outbox.EnqueueAsync(transaction, order, new PublishOptions { Key = order.Order }, cancellationToken);
        await transaction.CommitAsync(cancellationToken);   // both, or neither
    }
    // end-snippet
}

// begin-snippet: inbox
/// <summary>Ships each order once, however often its event comes.</summary>
public sealed class ShipOrder(ShippingDatabase database) : IEventHandler<OrderPlaced>
{
    /// <inheritdoc/>
    public async ValueTask HandleAsync(OrderPlaced data, EventContext context, CancellationToken cancellationToken)
    {
        await using var connection = new SqliteConnection(database.ConnectionString);
        await connection.OpenAsync(cancellationToken);
        await using var transaction = connection.BeginTransaction();
        if (!await context.TryClaimAsync(transaction, cancellationToken))
        {
            return;                                         // shipped before; only the acknowledgement was lost
        }

        await using var insert = connection.CreateCommand();
        insert.CommandText = "INSERT INTO shipments (customer) VALUES ($customer)";
        insert.Parameters.AddWithValue("$customer", data.Customer);
        await insert.ExecuteNonQueryAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);   // the claim and the effect
    }
}
// end-snippet

/// <summary>Where shipments are kept.</summary>
public sealed record ShippingDatabase(string ConnectionString);

/// <summary>The shortest way to an event.</summary>
public static class FirstEvent
{
    /// <summary>Tells that an order was placed, and acts on it.</summary>
    public static void Map(WebApplication app)
    {
        // begin-snippet: first-event
        app.MapPost("/orders", (OrderPlaced order, IEventPublisher events, CancellationToken cancellationToken) =>
            events.PublishAsync(order, options: null, cancellationToken));        // on disk when it returns

        app.MapEvent("orders", (OrderPlaced order, ILogger<OrderPlaced> logger) =>  // here or in any other service
            logger.LogInformation("{Customer} has ordered {Order}", order.Customer, order.Order));
        // end-snippet
    }
}

/// <summary>How a service is told of its events.</summary>
public static class EventService
{
    /// <summary>A web service that publishes and handles.</summary>
    public static void Main(string[] args)
    {
        // begin-snippet: events
        var builder = WebApplication.CreateBuilder(args);
        builder.Services.AddEventJsonContext(OrderJson.Default);
        builder.Services.AddSingleton(new ShippingDatabase("Data Source=shop.db"));
        builder.AddCloudNative(cloud => cloud.Events.UseSqliteOutbox("Data Source=shop.db"));   // outbox and inbox

        var app = builder.Build();
        app.MapEvent<ShipOrder, OrderPlaced>("orders").InOrder();
        app.MapCloudNative();
        app.MapPost("/orders", async (OrderPlaced order, IEventPublisher events, CancellationToken cancellationToken) =>
            await events.PublishAsync(order, options: null, cancellationToken));
        app.Run();
        // end-snippet
    }
}
