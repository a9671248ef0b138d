using CloudNative.Eventing;

namespace Shop.Shipping.Events;

/// <summary>An order has left the house.</summary>
[Event("shipments.shipped", Version = 1)]
internal sealed record OrderShipped(Guid OrderId, DateTimeOffset ShippedAt);
