namespace Shop.Ordering.Orders;

/// <summary>One page of the orders, the latest first.</summary>
internal sealed record OrderPage(IReadOnlyList<Order> Items, int Page, int PageSize, int Total);
