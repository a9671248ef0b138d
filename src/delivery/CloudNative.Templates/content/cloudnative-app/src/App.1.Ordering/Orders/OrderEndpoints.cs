using App._1.Ordering.Catalog;
using CloudNative.Eventing;
using Microsoft.AspNetCore.Http.HttpResults;

namespace App._1.Ordering.Orders;

/// <summary>The HTTP API of ordering.</summary>
internal static class OrderEndpoints
{
    public static void MapOrders(this IEndpointRouteBuilder app)
    {
        var orders = app.MapGroup("/orders");
        orders.MapGet("/", List);
        orders.MapPost("/", PlaceAsync);
        orders.MapGet("/{id:guid}", Get);

        // Where a browser enters.
        app.MapGet("/", () => TypedResults.Redirect("/orders"));
    }

    private static Ok<IReadOnlyList<Order>> List(OrderStore store) => TypedResults.Ok(store.All);

    private static async Task<Results<Created<Order>, ValidationProblem, ProblemHttpResult>> PlaceAsync(
        PlaceOrder request, CatalogClient catalog, OrderStore store, IEventPublisher events, CancellationToken cancellationToken)
    {
        CatalogProduct? product;
        try
        {
            product = await catalog.FindAsync(request.ProductId, cancellationToken);
        }
        catch (HttpRequestException)
        {
            return TypedResults.Problem(
                "The catalog cannot be asked at the moment; nothing was ordered.", statusCode: StatusCodes.Status503ServiceUnavailable);
        }

        if (product is null)
        {
            return TypedResults.ValidationProblem(
                new Dictionary<string, string[]> { ["productId"] = [$"The catalog has no product '{request.ProductId}'."] });
        }

        var order = new Order(Guid.CreateVersion7(), product.Id, request.Quantity, product.Price * request.Quantity);
        store.Add(order);

        // On disk when it returns. With a database, write the order and its event in one transaction: IOutbox.
        await events.PublishAsync(
            new OrderPlaced(order.Id, order.ProductId, order.Quantity),
            new PublishOptions { Key = order.Id.ToString() },
            cancellationToken);
        return TypedResults.Created($"/orders/{order.Id}", order);
    }

    private static Results<Ok<Order>, NotFound> Get(Guid id, OrderStore store) =>
        store.Find(id) is { } order ? TypedResults.Ok(order) : TypedResults.NotFound();
}
