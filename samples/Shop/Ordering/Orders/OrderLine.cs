namespace Shop.Ordering.Orders;

/// <summary>One line of an order.</summary>
/// <param name="ProductId">The catalog's id.</param>
/// <param name="Name">The product's name when it was ordered.</param>
/// <param name="Quantity">How many.</param>
/// <param name="Price">What one costs, in euros.</param>
internal sealed record OrderLine(string ProductId, string Name, int Quantity, decimal Price);
