namespace Shop.Web.Orders;

/// <summary>An order as ordering tells it.</summary>
/// <param name="Id">Part of its address; hard to guess.</param>
/// <param name="Number">For people.</param>
/// <param name="PlacedAt">When it was placed.</param>
/// <param name="Lines">What was ordered.</param>
/// <param name="Total">What it costs, in euros.</param>
/// <param name="Status">How far it is.</param>
/// <param name="Reason">Why it was declined.</param>
public sealed record Order(
    Guid Id,
    long Number,
    DateTimeOffset PlacedAt,
    IReadOnlyList<OrderLine> Lines,
    decimal Total,
    OrderStatus Status = OrderStatus.Placed,
    string? Reason = null)
{
    /// <summary>Whether nothing will change any more.</summary>
    public bool IsSettled => Status is OrderStatus.Shipped or OrderStatus.Declined;
}
