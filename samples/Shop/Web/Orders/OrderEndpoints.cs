using System.Net.ServerSentEvents;
using Shop.Web.Baskets;
using Shop.Web.Live;
using Shop.Web.Outages;
using Shop.Web.Pages;
using Shop.Web.Pages.Parts;

namespace Shop.Web.Orders;

/// <summary>Places an order and shows what becomes of it.</summary>
internal static class OrderEndpoints
{
    public static void MapOrders(this IEndpointRouteBuilder app)
    {
        app.MapPost("/orders", PlaceAsync);
        app.MapGet("/orders/{id:guid}", ShowAsync);
        app.MapGet("/orders/{id:guid}/live", LiveAsync);
    }

    private static async Task<IResult> PlaceAsync(
        IFormCollection fields,
        HttpContext context,
        OrderingClient ordering,
        BasketCookie cookie,
        OutageForecast forecasts,
        Shells shells,
        CancellationToken cancellationToken)
    {
        if (OrderForm.Read(fields["key"], fields["line"]) is not { } form)
        {
            return await BasketEndpoints.PageAsync(
                context, "The basket was empty. Put something in first.", StatusCodes.Status400BadRequest, cancellationToken);
        }

        try
        {
            switch (await ordering.PlaceAsync(form.Key, form.Lines, cancellationToken))
            {
                case PlacementAnswer.Placed placed:
                    Forget(context, cookie, form.Key);
                    return new SeeOther($"/orders/{placed.Order.Id}");
                case PlacementAnswer.KeyReused:
                    return await BasketEndpoints.PageAsync(
                        context,
                        "The basket has changed since. Look it over and order again.",
                        StatusCodes.Status409Conflict,
                        cancellationToken);
                default:
                    return await BasketEndpoints.PageAsync(
                        context, "Something in the basket is no longer sold.", StatusCodes.Status422UnprocessableEntity, cancellationToken);
            }
        }
        catch (ServiceOutageException)
        {
            // Whether the order arrived is unknown; the same form sent again finds it or makes it, once.
            var forecast = forecasts.For(OrderingClient.Service);
            context.Response.Headers.RetryAfter = forecast.RetryAfter;
            return PageResult.Of<OrderOutagePage>(
                shells.Make(context), StatusCodes.Status503ServiceUnavailable, ("Forecast", forecast), ("Form", form));
        }
    }

    private static async Task<IResult> ShowAsync(
        Guid id, HttpContext context, Shells shells, OrderingClient ordering, CancellationToken cancellationToken) =>
        await ordering.FindAsync(id, cancellationToken) is { } order
            ? PageResult.Of<OrderPage>(shells.Make(context), ("Order", order))
            : TypedResults.NotFound();

    private static IResult LiveAsync(
        Guid id, HttpContext context, OrderFeed feed, Fragments fragments, IHostApplicationLifetime lifetime) =>
        LiveStream.Of(context, lifetime, token => RenderAsync(feed.WatchAsync(id, token), fragments));

    private static async IAsyncEnumerable<SseItem<string>> RenderAsync(IAsyncEnumerable<OrderMoment> moments, Fragments fragments)
    {
        await foreach (var moment in moments)
        {
            var html = await fragments.RenderAsync<OrderProgress>(("Order", moment.Order), ("Answers", moment.OrderingAnswers));
            yield return new SseItem<string>(html, "fragment");
        }

        yield return new SseItem<string>("", "end");
    }

    private static void Forget(HttpContext context, BasketCookie cookie, string key)
    {
        if (cookie.Read(context.Request).Key == key)
        {
            cookie.Write(context.Response, Basket.Empty);
        }
    }
}
