using CloudNative.Eventing;

namespace Shop.Payments.Events;

/// <summary>What payments needs to know of an order. The event holds more; what is not named here is passed over.</summary>
[Event("orders.placed", Version = 1)]
internal sealed record OrderPlaced(Guid OrderId, long Number, decimal Total);
