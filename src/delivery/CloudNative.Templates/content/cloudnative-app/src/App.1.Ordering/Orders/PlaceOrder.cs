using System.ComponentModel.DataAnnotations;

namespace App._1.Ordering.Orders;

/// <summary>What a customer sends. Public, because the validation generator passes over internal types.</summary>
public sealed record PlaceOrder([Required, StringLength(40)] string ProductId, [Range(1, 100)] int Quantity);
