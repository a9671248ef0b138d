using CloudNative.Eventing;
using Shop.Shipping.Events;

namespace Shop.Shipping.Shipments;

/// <summary>Ships each paid order once, however often it is told to.</summary>
internal sealed class OrderShipping(ShippingDatabase database, IOutbox outbox, TimeProvider time)
{
    // Somebody has to fold a box: long enough to be interrupted by whoever breaks things.
    private static readonly TimeSpan Packing = TimeSpan.FromMilliseconds(50);

    public async Task HandleAsync(PaymentAccepted payment, EventContext context, CancellationToken cancellationToken)
    {
        await Task.Delay(Packing, time, cancellationToken);

        await using var connection = await database.OpenAsync(cancellationToken);
        await using var transaction = connection.BeginTransaction(deferred: false);
        if (!await context.TryClaimAsync(transaction, cancellationToken))
        {
            return; // It was shipped, and the acknowledgement was lost.
        }

        var shipment = new Shipment(payment.OrderId, context.Attempt, time.GetUtcNow());
        await ShipmentStore.AddAsync(connection, shipment, cancellationToken);
        await outbox.EnqueueAsync(
            transaction,
            new OrderShipped(shipment.OrderId, shipment.ShippedAt),
            new PublishOptions { Key = shipment.OrderId.ToString() },
            cancellationToken);

        // Claim, shipment and event are there together from here on, or none of them is.
        await transaction.CommitAsync(cancellationToken);
    }
}
