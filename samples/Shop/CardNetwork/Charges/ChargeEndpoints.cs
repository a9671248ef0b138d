using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Shop.CardNetwork.Behaviour;

namespace Shop.CardNetwork.Charges;

/// <summary>The HTTP API of the card network.</summary>
internal static class ChargeEndpoints
{
    public static void MapCharges(this IEndpointRouteBuilder app) => app.MapPost("/charges", ChargeAsync);

    private static async Task<Results<Ok<Charge>, ProblemHttpResult>> ChargeAsync(
        ChargeRequest request,
        [FromHeader(Name = "Idempotency-Key")] string idempotencyKey,
        ChargeBook book,
        Mood mood,
        CancellationToken cancellationToken)
    {
        await mood.SpendTimeAsync(cancellationToken);
        if (mood.Fails())
        {
            return TypedResults.Problem("Nothing was charged.");
        }

        var charge = book.Charge(idempotencyKey, request.Amount, mood.Behaviour.CardLimit);

        // The worse failure: the card is charged, and the caller does not learn of it.
        return mood.Fails() ? TypedResults.Problem("Something went wrong.") : TypedResults.Ok(charge);
    }
}
