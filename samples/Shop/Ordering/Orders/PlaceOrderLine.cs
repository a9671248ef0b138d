using System.ComponentModel.DataAnnotations;

namespace Shop.Ordering.Orders;

/// <summary>One line of what to order.</summary>
/// <param name="ProductId">The catalog's id.</param>
/// <param name="Quantity">How many; 1 to 99.</param>
public sealed record PlaceOrderLine([Required, StringLength(100)] string ProductId, [Range(1, 99)] int Quantity);
