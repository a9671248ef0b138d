using CloudNative.Eventing;

namespace App._1.Ordering.Orders;

/// <summary>Somebody has ordered something. The name and version are the contract; the topic is <c>orders</c>.</summary>
[Event("orders.placed", Version = 1)]
internal sealed record OrderPlaced(Guid OrderId, string ProductId, int Quantity);
