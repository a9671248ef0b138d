namespace Shop.Catalog.Products;

/// <summary>One page of a search.</summary>
/// <param name="Items">The products of this page.</param>
/// <param name="Page">Which page, from 1.</param>
/// <param name="PageSize">How many a page holds at most.</param>
/// <param name="Total">How many products match in all.</param>
internal sealed record ProductPage(IReadOnlyList<Product> Items, int Page, int PageSize, int Total);
