namespace Shop.Web.Orders;

/// <summary>A step of an order, as ordering streams it.</summary>
/// <param name="OrderId">The order.</param>
/// <param name="Status">How far it is now.</param>
/// <param name="Reason">Why it was declined.</param>
public sealed record OrderStep(Guid OrderId, OrderStatus Status, string? Reason);
