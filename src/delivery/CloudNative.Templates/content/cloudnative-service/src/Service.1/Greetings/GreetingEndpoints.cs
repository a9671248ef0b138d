using System.ComponentModel.DataAnnotations;
using CloudNative;
#if (events)
using CloudNative.Eventing;
#endif
using Microsoft.AspNetCore.Http.HttpResults;

namespace Service._1.Greetings;

/// <summary>The HTTP API of this service.</summary>
internal static class GreetingEndpoints
{
    public static void MapGreetings(this IEndpointRouteBuilder app)
    {
        var greetings = app.MapGroup("/greetings");
        greetings.MapGet("/{name}", Greet);
        greetings.MapGet("/{name}/of-a-neighbour", AskAsync);
#if (events)
        greetings.MapPost("/{name}", SendAsync);
        greetings.MapGet("/", List);
#endif

        // Where a browser enters.
        app.MapGet("/", () => TypedResults.Redirect("/greetings/world"));
    }

    private static Ok<Greeting> Greet([StringLength(40)] string name, ServiceInfo service) =>
        TypedResults.Ok(new Greeting($"Hello, {name}!", service.InstanceId));

    private static async Task<Results<Ok<Greeting>, ProblemHttpResult>> AskAsync(
        [StringLength(40)] string name, NeighbourClient neighbour, CancellationToken cancellationToken)
    {
        try
        {
            return TypedResults.Ok(await neighbour.GreetAsync(name, cancellationToken));
        }
        catch (HttpRequestException)
        {
            return TypedResults.Problem("The neighbour cannot be asked now.", statusCode: StatusCodes.Status503ServiceUnavailable);
        }
    }
#if (events)

    // Accepted: the event is on disk when PublishAsync returns, and is handled here or in another instance.
    private static async Task<Accepted> SendAsync(
        [StringLength(40)] string name, IEventPublisher events, CancellationToken cancellationToken)
    {
        await events.PublishAsync(new GreetingSent(name), options: null, cancellationToken);
        return TypedResults.Accepted("/greetings");
    }

    private static Ok<IReadOnlyList<string>> List(GreetingBook book) => TypedResults.Ok(book.Names);
#endif
}
