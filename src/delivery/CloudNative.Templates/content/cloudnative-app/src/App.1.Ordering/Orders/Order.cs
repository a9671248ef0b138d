namespace App._1.Ordering.Orders;

/// <summary>An order at the price of its day.</summary>
internal sealed record Order(Guid Id, string ProductId, int Quantity, decimal Total);
