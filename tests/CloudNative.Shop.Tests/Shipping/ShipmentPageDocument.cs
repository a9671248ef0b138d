namespace CloudNative.Shop.Tests.Shipping;

internal sealed record ShipmentPageDocument(ShipmentDocument[] Items, int Total);
