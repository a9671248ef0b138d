using CloudNative.Eventing;

namespace App._1.Tests.Catalog;

/// <summary>The event as ordering publishes it.</summary>
[Event("orders.placed", Version = 1)]
internal sealed record OrderPlaced(Guid OrderId, string ProductId, int Quantity);
