using Shop.Ordering.Events;

namespace Shop.Ordering.Orders;

/// <summary>Follows what payments and shipping tell of orders.</summary>
internal static class OrderEvents
{
    public static void MapOrderEvents(this WebApplication app)
    {
        app.MapEvent("payments", (PaymentAccepted paid, OrderChanges changes, CancellationToken cancellationToken) =>
            changes.AdvanceAsync(paid.OrderId, OrderStatus.Paid, reason: null, cancellationToken));
        app.MapEvent("payments", (PaymentDeclined declined, OrderChanges changes, CancellationToken cancellationToken) =>
            changes.AdvanceAsync(declined.OrderId, OrderStatus.Declined, declined.Reason, cancellationToken));
        app.MapEvent("shipments", (OrderShipped shipped, OrderChanges changes, CancellationToken cancellationToken) =>
            changes.AdvanceAsync(shipped.OrderId, OrderStatus.Shipped, reason: null, cancellationToken));
    }
}
