namespace Shop.Ordering.Orders;

/// <summary>An order with the fingerprint of the request that it was placed by.</summary>
internal sealed record StoredOrder(Order Order, string Fingerprint);
