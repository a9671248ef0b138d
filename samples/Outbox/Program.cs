using CloudNative.Eventing;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Outbox;

var builder = Host.CreateApplicationBuilder(args);
builder.AddCloudNative(cloud => cloud.Events.UseSqliteOutbox(Database.ConnectionString));
var host = builder.Build();

// The inbox: the claim and the effect are committed together, so that it happens once however often the event comes.
host.MapEvent("orders", async (OrderPlaced order, EventContext context, CancellationToken cancellationToken) =>
{
    await using var database = await Database.OpenAsync();
    await using var transaction = database.BeginTransaction();
    if (await context.TryClaimAsync(transaction, cancellationToken))
    {
        await Database.ExecuteAsync(database, transaction, "UPDATE orders SET shipped = shipped + 1 WHERE number = $number", order.Number);
        await transaction.CommitAsync(cancellationToken);
        Console.WriteLine($"order {order.Number} shipped");
    }
});
await host.StartAsync();

// The outbox: the order and its event are committed together, or neither is.
await PlaceAsync(number: 1, isPaid: false);
await PlaceAsync(number: 2, isPaid: true);
await host.WaitForShutdownAsync();

async Task PlaceAsync(int number, bool isPaid)
{
    await using var database = await Database.OpenAsync();
    await using SqliteTransaction transaction = database.BeginTransaction();
    await Database.ExecuteAsync(database, transaction, "INSERT INTO orders (number) VALUES ($number)", number);
    var outbox = host.Services.GetRequiredService<IOutbox>();
    await outbox.EnqueueAsync(transaction, new OrderPlaced(number), options: null, CancellationToken.None);
    if (!isPaid)
    {
        await transaction.RollbackAsync();
        Console.WriteLine($"order {number} taken back, and its event with it");
        return;
    }

    await transaction.CommitAsync();
    Console.WriteLine($"order {number} placed");
}
