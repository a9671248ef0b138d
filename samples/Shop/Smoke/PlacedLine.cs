namespace Shop.Smoke;

/// <summary>A line of an order, as it is sent and as it is told.</summary>
internal sealed record PlacedLine(string ProductId, int Quantity);
