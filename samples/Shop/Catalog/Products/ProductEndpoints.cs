using Microsoft.AspNetCore.Http.HttpResults;

namespace Shop.Catalog.Products;

/// <summary>The catalog's HTTP API.</summary>
internal static class ProductEndpoints
{
    private const int MaximumBatch = 100;

    public static RouteGroupBuilder MapProducts(this IEndpointRouteBuilder app)
    {
        var api = app.MapGroup("");
        var products = api.MapGroup("/products");
        products.MapGet("/", SearchAsync);
        products.MapGet("/batch", GetBatchAsync);
        products.MapGet("/{id}", GetAsync);
        api.MapGet("/categories", GetCategoriesAsync);
        return api;
    }

    private static async Task<Ok<ProductPage>> SearchAsync(
        [AsParameters] ProductQuery query, ProductStore store, CancellationToken cancellationToken) =>
        TypedResults.Ok(await store.SearchAsync(query, cancellationToken));

    private static async Task<Results<Ok<Product>, NotFound>> GetAsync(
        string id, ProductStore store, CancellationToken cancellationToken) =>
        await store.FindAsync(id, cancellationToken) is { } product ? TypedResults.Ok(product) : TypedResults.NotFound();

    // A GET with the ids in the query, not a POST: it changes nothing, so a caller may repeat it at another replica.
    private static async Task<Results<Ok<IReadOnlyList<Product>>, ValidationProblem>> GetBatchAsync(
        string[] id, ProductStore store, CancellationToken cancellationToken)
    {
        if (id.Length is 0 or > MaximumBatch)
        {
            return TypedResults.ValidationProblem(new Dictionary<string, string[]>
            {
                ["id"] = [$"Give 1 to {MaximumBatch} ids, each as a parameter of its own: ?id=a&id=b."],
            });
        }

        return TypedResults.Ok(await store.FindAsync(id, cancellationToken));
    }

    private static async Task<Ok<IReadOnlyList<Category>>> GetCategoriesAsync(
        ProductStore store, CancellationToken cancellationToken) =>
        TypedResults.Ok(await store.GetCategoriesAsync(cancellationToken));
}
