using CloudNative.Eventing;

namespace CloudNative.Shop.Tests.Events;

[Event("shipments.shipped")]
internal sealed record OrderShipped(Guid OrderId, DateTimeOffset ShippedAt);
