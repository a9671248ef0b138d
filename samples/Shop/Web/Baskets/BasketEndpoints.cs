using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Shop.Web.Catalog;
using Shop.Web.Pages;

namespace Shop.Web.Baskets;

/// <summary>Shows and changes the basket. Forms only: it works without script.</summary>
internal static class BasketEndpoints
{
    public static void MapBasket(this IEndpointRouteBuilder app)
    {
        app.MapGet("/basket", ShowAsync);
        app.MapPost("/basket/add", AddAsync);
        app.MapPost("/basket/set", Set);
    }

    /// <summary>The page of the basket, also used when an order was refused.</summary>
    public static async Task<IResult> PageAsync(
        HttpContext context, string? notice, int statusCode, CancellationToken cancellationToken)
    {
        var services = context.RequestServices;
        var basket = services.GetRequiredService<BasketCookie>().Read(context.Request);
        var products = await services.GetRequiredService<CatalogClient>()
            .FindAsync([.. basket.Lines.Select(line => line.ProductId)], cancellationToken);

        // What the catalog no longer has leaves the basket.
        var gone = basket.Lines.Where(line => !products.ContainsKey(line.ProductId)).ToList();
        if (gone.Count > 0)
        {
            basket = gone.Aggregate(basket, (rest, line) => rest.Set(line.ProductId, 0));
            services.GetRequiredService<BasketCookie>().Write(context.Response, basket);
            notice ??= "Something in your basket is no longer sold and was taken out.";
        }

        PricedLine[] lines = [.. basket.Lines.Select(line => new PricedLine(products[line.ProductId], line.Quantity))];
        var shell = services.GetRequiredService<Shells>().Make(context) with { BasketCount = basket.Count };
        return PageResult.Of<BasketPage>(shell, statusCode, ("Basket", basket), ("Lines", lines), ("Notice", notice));
    }

    private static Task<IResult> ShowAsync(HttpContext context, CancellationToken cancellationToken) =>
        PageAsync(context, notice: null, StatusCodes.Status200OK, cancellationToken);

    private static async Task<Results<SeeOther, NotFound>> AddAsync(
        [FromForm] string id,
        [FromForm] int? quantity,
        [FromForm] string? back,
        HttpContext context,
        BasketCookie cookie,
        CatalogClient catalog,
        CancellationToken cancellationToken)
    {
        if (await catalog.FindAsync(id, cancellationToken) is not { } product)
        {
            return TypedResults.NotFound();
        }

        var basket = cookie.Read(context.Request);
        cookie.Write(context.Response, basket.Add(product.Id, Math.Clamp(quantity ?? 1, 1, Basket.MaximumQuantity)));
        return new SeeOther(back is null ? "/basket" : SeeOther.Local(back));
    }

    private static SeeOther Set(
        [FromForm] string id,
        [FromForm] int quantity,
        HttpContext context,
        BasketCookie cookie)
    {
        var basket = cookie.Read(context.Request);
        if (basket.Lines.Any(line => line.ProductId == id))
        {
            cookie.Write(context.Response, basket.Set(id, quantity));
        }

        return new SeeOther("/basket");
    }
}
