using CloudNative.Eventing;

namespace Shop.Ordering.Events;

/// <summary>An order was placed. Name and version are the contract: others read what they need into records of their own.</summary>
[Event("orders.placed", Version = 1)]
internal sealed record OrderPlaced(Guid OrderId, long Number, DateTimeOffset PlacedAt, decimal Total);
