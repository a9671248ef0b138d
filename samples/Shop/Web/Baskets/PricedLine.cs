using Shop.Web.Catalog;

namespace Shop.Web.Baskets;

/// <summary>A line of the basket with what the catalog says of it now.</summary>
public sealed record PricedLine(Product Product, int Quantity)
{
    public decimal Total => Quantity * Product.Price;
}
