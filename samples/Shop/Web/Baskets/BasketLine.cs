namespace Shop.Web.Baskets;

/// <summary>So many of one product.</summary>
public sealed record BasketLine(string ProductId, int Quantity);
