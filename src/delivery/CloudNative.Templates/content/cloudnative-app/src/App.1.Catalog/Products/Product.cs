namespace App._1.Catalog.Products;

/// <summary>Something that can be ordered.</summary>
internal sealed record Product(string Id, string Name, decimal Price);
