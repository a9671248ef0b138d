namespace Shop.Web.Orders;

/// <summary>One line of an order, with name and price of the moment it was placed.</summary>
public sealed record OrderLine(string ProductId, string Name, int Quantity, decimal Price);
