using CloudNative.Eventing;

namespace Shop.Ordering.Events;

/// <summary>An order has left the house; from shipping.</summary>
[Event("shipments.shipped", Version = 1)]
internal sealed record OrderShipped(Guid OrderId);
