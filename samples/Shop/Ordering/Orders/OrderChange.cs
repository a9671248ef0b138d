namespace Shop.Ordering.Orders;

/// <summary>A step of an order.</summary>
/// <param name="Sequence">Grows with each change of any order; by it a reader goes on where it stopped.</param>
/// <param name="OrderId">The order.</param>
/// <param name="Number">Its number.</param>
/// <param name="Status">How far it is now.</param>
/// <param name="Reason">Why it was declined.</param>
/// <param name="ChangedAt">When.</param>
internal sealed record OrderChange(
    long Sequence, Guid OrderId, long Number, OrderStatus Status, string? Reason, DateTimeOffset ChangedAt);
