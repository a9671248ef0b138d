namespace Shop.Shipping.Shipments;

/// <summary>A parcel that left the house.</summary>
/// <param name="OrderId">The order in it.</param>
/// <param name="Attempt">Which attempt to handle the payment came through, from 1.</param>
/// <param name="ShippedAt">When.</param>
internal sealed record Shipment(Guid OrderId, int Attempt, DateTimeOffset ShippedAt);
