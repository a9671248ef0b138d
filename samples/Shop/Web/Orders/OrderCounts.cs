namespace Shop.Web.Orders;

/// <summary>How far the latest orders are.</summary>
/// <param name="Placed">Wait for their payment: their events are on the way to payments, or not handled yet.</param>
/// <param name="Paid">Wait to be shipped.</param>
/// <param name="Shipped">Are on their way.</param>
/// <param name="Declined">Will not be paid.</param>
public sealed record OrderCounts(int Placed, int Paid, int Shipped, int Declined)
{
    public static OrderCounts Of(IReadOnlyCollection<Order> orders) => new(
        orders.Count(order => order.Status == OrderStatus.Placed),
        orders.Count(order => order.Status == OrderStatus.Paid),
        orders.Count(order => order.Status == OrderStatus.Shipped),
        orders.Count(order => order.Status == OrderStatus.Declined));
}
