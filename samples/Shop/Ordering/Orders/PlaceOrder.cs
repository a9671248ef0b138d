using System.ComponentModel.DataAnnotations;

namespace Shop.Ordering.Orders;

/// <summary>The body of <c>POST /orders</c>. Public, because the validation generator passes over internal types.</summary>
/// <param name="Lines">What to order; 1 to 50 lines.</param>
public sealed record PlaceOrder([Required, Length(1, 50)] IReadOnlyList<PlaceOrderLine> Lines);
