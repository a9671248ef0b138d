namespace Shop.Smoke;

/// <summary>An order as the shop tells it.</summary>
internal sealed record PlacedOrder(Guid Id, long Number, PlacedLine[] Lines, decimal Total);
