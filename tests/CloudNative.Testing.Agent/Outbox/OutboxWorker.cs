using System.Globalization;
using CloudNative.Embedded;
using CloudNative.Eventing;
using CloudNative.Testing.Agent.Storm;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace CloudNative.Testing.Agent.Outbox;

/// <summary>
/// A service with an outbox or an inbox. <c>order 7</c> places an order and its event in one transaction, <c>try 7</c> takes both back,
/// <c>quiet</c> waits until the outbox is empty. Ends with its input.
/// </summary>
internal static class OutboxWorker
{
    public static async Task RunAsync(string roleName, string dataDirectory, string database)
    {
        var role = Enum.Parse<Role>(roleName);
        var isShipping = role is Role.Shipping or Role.ShippingDiesAfterCommit;
        EffectStore.Create(database);
        var builder = AgentHost.CreateBuilder(
            isShipping ? "shipping" : "ordering", EmbeddedProvider.Name, dataDirectory, database);
        var store = builder.Services.Single(service => service.ServiceType == typeof(IOutboxStore));
        builder.Services.Remove(store);
        builder.Services.AddSingleton<IOutboxStore>(
            provider => new MortalOutbox((IOutboxStore)store.ImplementationFactory!(provider), role));
        using var host = builder.Build();
        if (isShipping)
        {
            host.MapEvent<OrderPlaced>("orders", (order, context, token) => ShipAsync(order, context, database, role, token)).InOrder();
        }

        await host.StartAsync();
        AgentHost.Say("ready");
        while (await Console.In.ReadLineAsync() is { } line)
        {
            var parts = line.Split(' ');
            if (parts[0] == "quiet")
            {
                await host.Services.GetServices<IPendingEvents>()
                    .Single(place => place.Name.StartsWith("outbox", StringComparison.Ordinal))
                    .WhenNoneReadyAsync(CancellationToken.None);
            }
            else
            {
                await PlaceAsync(host, database, long.Parse(parts[1], CultureInfo.InvariantCulture), isPaid: parts[0] == "order");
            }

            AgentHost.Say($"did {line}");
        }

        await host.StopAsync();
    }

    private static async Task PlaceAsync(IHost host, string database, long number, bool isPaid)
    {
        using var connection = AgentHost.Open(database);
        EffectStore.Execute(connection, null, "CREATE TABLE IF NOT EXISTS placed (number INTEGER)");
        using var transaction = connection.BeginTransaction();
        EffectStore.Execute(connection, transaction, "INSERT INTO placed VALUES ($a)", number);
        await host.Services.GetRequiredService<IOutbox>().EnqueueAsync(
            transaction, new OrderPlaced(number), new PublishOptions { Key = "orders" }, CancellationToken.None);
        if (isPaid)
        {
            transaction.Commit();
        }
    }

    private static async ValueTask ShipAsync(
        OrderPlaced order, EventContext context, string database, Role role, CancellationToken cancellationToken)
    {
        var isNew = await EffectStore.ApplyAsync(database, context, context.Event.Key!, order.Number, cancellationToken);
        Death.ComesIf(role == Role.ShippingDiesAfterCommit);
        AgentHost.Say(string.Create(CultureInfo.InvariantCulture, $"{(isNew ? "shipped" : "known")} {order.Number}"));
    }
}
