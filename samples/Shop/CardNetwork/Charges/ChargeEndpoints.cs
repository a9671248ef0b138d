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
        var fate = mood.Decide();
        if (fate == Fate.FailsBefore)
        {
            return TypedResults.Problem("Nothing was charged.");
        }

        var charge = book.Charge(idempotencyKey, request.Amount, mood.Behaviour.CardLimit);
        return fate == Fate.FailsAfter ? TypedResults.Problem("Something went wrong.") : TypedResults.Ok(charge);
    }
}
