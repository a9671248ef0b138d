using CloudNative.Eventing;

namespace App._1.Catalog.Orders;

/// <summary>Somebody has ordered something: what the catalog reads of ordering's event. The name is the contract, not this type.</summary>
[Event("orders.placed", Version = 1)]
internal sealed record OrderPlaced(Guid OrderId, string ProductId, int Quantity);
