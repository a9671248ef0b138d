namespace Shop.Web.Baskets;

/// <summary>So many of one product.</summary>
internal sealed record BasketLine(string ProductId, int Quantity);
