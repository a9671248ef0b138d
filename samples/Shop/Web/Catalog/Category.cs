namespace Shop.Web.Catalog;

/// <summary>A shelf of the shop and how many products stand on it.</summary>
public sealed record Category(string Name, int Count);
