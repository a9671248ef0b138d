using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Shop.Ordering.Orders;

/// <summary>The HTTP API of ordering.</summary>
internal static class OrderEndpoints
{
    public static void MapOrders(this IEndpointRouteBuilder app)
    {
        var orders = app.MapGroup("/orders");
        orders.MapPost("/", PlaceAsync);
        orders.MapGet("/{id:guid}", GetAsync);
        orders.MapGet("/changes", Follow);
        orders.MapGet("/", ListAsync);
    }

    private static async Task<Results<Created<Order>, Ok<Order>, ValidationProblem, ProblemHttpResult>> PlaceAsync(
        PlaceOrder request,
        [FromHeader(Name = IdempotencyKey.Header)] string? idempotencyKey,
        OrderPlacement placement,
        HttpResponse response,
        CancellationToken cancellationToken)
    {
        if (IdempotencyKey.Read(idempotencyKey, request) is not { } key)
        {
            return Invalid(
                IdempotencyKey.Header,
                $"Send a value of 1 to {IdempotencyKey.MaximumLength} characters, a new one for each order.");
        }

        return await placement.PlaceAsync(request, key, cancellationToken) switch
        {
            PlacementResult.Placed placed => TypedResults.Created($"/orders/{placed.Order.Id}", placed.Order),
            PlacementResult.Repeated repeated => TypedResults.Ok(repeated.Order),
            PlacementResult.UnknownProducts unknown => Unknown(request, unknown.Lines),
            PlacementResult.NoPrices => NoPrices(response),
            _ => TypedResults.Problem(
                "This Idempotency-Key belongs to another order.", statusCode: StatusCodes.Status422UnprocessableEntity),
        };
    }

    private static async Task<Results<Ok<Order>, NotFound>> GetAsync(
        Guid id, OrderStore store, CancellationToken cancellationToken) =>
        await store.FindAsync(id, cancellationToken) is { } order ? TypedResults.Ok(order) : TypedResults.NotFound();

    // The header is what a browser sends when it comes back; the query is for whoever begins.
    private static ServerSentEventsResult<OrderChange?> Follow(
        OrderFeed feed,
        [FromHeader(Name = "Last-Event-ID")] long? lastEventId,
        [FromQuery] long? after,
        CancellationToken cancellationToken) =>
        TypedResults.ServerSentEvents(feed.FollowAsync(lastEventId ?? after, cancellationToken));

    private static async Task<Ok<OrderPage>> ListAsync(
        OrderStore store,
        CancellationToken cancellationToken,
        [Range(1, 1_000_000), DefaultValue(1)] int page = 1,
        [Range(1, 200), DefaultValue(20)] int pageSize = 20) =>
        TypedResults.Ok(await store.ListAsync(page, pageSize, cancellationToken));

    private static ValidationProblem Unknown(PlaceOrder request, IReadOnlyList<int> lines) =>
        TypedResults.ValidationProblem(lines.ToDictionary(
            line => $"lines[{line}].productId",
            line => new[] { $"The catalog has no product '{request.Lines[line].ProductId}'." }));

    private static ProblemHttpResult NoPrices(HttpResponse response)
    {
        response.Headers.RetryAfter = "1";
        return TypedResults.Problem(
            "The catalog cannot be asked for prices at the moment; nothing was ordered.",
            statusCode: StatusCodes.Status503ServiceUnavailable);
    }

    private static ValidationProblem Invalid(string field, string message) =>
        TypedResults.ValidationProblem(new Dictionary<string, string[]> { [field] = [message] });
}
