namespace CloudNative.Shop.Tests.Catalog;

internal sealed record ProductDocument(string Id, string Name, string Category, string Description, decimal Price);
