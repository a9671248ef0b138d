namespace Shop.Ordering.Catalog;

/// <summary>What ordering needs to know of a product.</summary>
internal sealed record CatalogProduct(string Id, string Name, decimal Price);
