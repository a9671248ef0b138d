namespace Shop.Web.Orders;

/// <summary>One page of the orders, the latest first.</summary>
internal sealed record OrderList(IReadOnlyList<Order> Items);
