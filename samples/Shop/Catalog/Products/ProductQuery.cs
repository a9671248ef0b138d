using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Shop.Catalog.Products;

/// <summary>The query string of <c>GET /products</c>. Public, because the validation generator passes over internal types.</summary>
public sealed class ProductQuery
{
    /// <summary>Words, or beginnings of words, that name, category or description must hold.</summary>
    [StringLength(100)]
    public string? Search { get; init; }

    /// <summary>Only this category.</summary>
    [StringLength(50)]
    public string? Category { get; init; }

    /// <summary>Which page, from 1.</summary>
    [Range(1, 10_000), DefaultValue(1)]
    public int? Page { get; init; }

    /// <summary>Products a page.</summary>
    [Range(1, 100), DefaultValue(24)]
    public int? PageSize { get; init; }
}
