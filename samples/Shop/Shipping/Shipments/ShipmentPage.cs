namespace Shop.Shipping.Shipments;

/// <summary>One page of the shipments, the latest first.</summary>
internal sealed record ShipmentPage(IReadOnlyList<Shipment> Items, int Page, int PageSize, int Total);
