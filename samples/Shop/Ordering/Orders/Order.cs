namespace Shop.Ordering.Orders;

/// <summary>An order as it was placed: names and prices are those of that moment.</summary>
/// <param name="Id">Unique and hard to guess; part of the order's address.</param>
/// <param name="Number">Grows with each order, for people.</param>
/// <param name="PlacedAt">When it was placed.</param>
/// <param name="Lines">What was ordered.</param>
/// <param name="Status">How far it is.</param>
/// <param name="Reason">Why it was declined.</param>
internal sealed record Order(
    Guid Id,
    long Number,
    DateTimeOffset PlacedAt,
    IReadOnlyList<OrderLine> Lines,
    OrderStatus Status = OrderStatus.Placed,
    string? Reason = null)
{
    /// <summary>What it costs, in euros.</summary>
    public decimal Total => Lines.Sum(line => line.Quantity * line.Price);
}
