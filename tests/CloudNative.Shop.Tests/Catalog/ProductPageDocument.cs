namespace CloudNative.Shop.Tests.Catalog;

internal sealed record ProductPageDocument(ProductDocument[] Items, int Page, int PageSize, int Total);
