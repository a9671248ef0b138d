namespace App._1.Ordering.Catalog;

/// <summary>What ordering needs to know of a product.</summary>
internal sealed record CatalogProduct(string Id, decimal Price);
