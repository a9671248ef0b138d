using CloudNative.Eventing;

namespace CloudNative.Shop.Tests.Events;

/// <summary>As ordering publishes it: the name and the fields are the contract, the class is the tests' own.</summary>
[Event("orders.placed")]
internal sealed record OrderPlaced(Guid OrderId, long Number, DateTimeOffset PlacedAt, decimal Total);
