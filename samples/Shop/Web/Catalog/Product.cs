namespace Shop.Web.Catalog;

/// <summary>A product as the catalog describes it; its words are the catalog's, and only ever shown as text.</summary>
public sealed record Product(string Id, string Name, string Category, string Description, decimal Price);
