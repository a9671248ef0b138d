namespace Shop.Web.Catalog;

/// <summary>One page of a search.</summary>
public sealed record ProductPage(IReadOnlyList<Product> Items, int Page, int PageSize, int Total)
{
    /// <summary>The number of the last page, at least 1.</summary>
    public int Last => Math.Max(1, (Total + PageSize - 1) / PageSize);
}
