namespace CloudNative.Shop.Tests.Shipping;

internal sealed record ShipmentDocument(Guid OrderId, int Attempt, DateTimeOffset ShippedAt);
