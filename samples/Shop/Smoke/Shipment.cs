namespace Shop.Smoke;

/// <summary>A parcel as shipping tells it.</summary>
internal sealed record Shipment(Guid OrderId, int Attempt, DateTimeOffset ShippedAt);
