using Microsoft.AspNetCore.Mvc;
using Shop.Web.Cards;
using Shop.Web.DeadLetters;

namespace Shop.Web.Panel;

/// <summary>What the panel's other buttons do: the card network's behaviour, dead letters.</summary>
internal static class BackstageEndpoints
{
    public static void MapBackstage(this IEndpointRouteBuilder panel)
    {
        panel.MapPost("/network", SetMoodAsync);
        panel.MapPost("/letters/replay", ([FromForm] long id, DeadLetterClient letters, CancellationToken cancellationToken) =>
            TellAsync(letters.ReplayAsync(id, cancellationToken), "No service that handles events answers."));
        panel.MapPost("/letters/discard", ([FromForm] long id, DeadLetterClient letters, CancellationToken cancellationToken) =>
            TellAsync(letters.DiscardAsync(id, cancellationToken), "No service that handles events answers."));
    }

    private static async Task<IResult> SetMoodAsync(
        [FromForm] string mood, CardNetworkClient network, CancellationToken cancellationToken) =>
        NetworkMood.All.FirstOrDefault(known => known.Name == mood) is { } chosen
            ? await TellAsync(network.SetAsync(chosen.Behaviour, cancellationToken), "The card network does not answer.")
            : TypedResults.BadRequest();

    private static async Task<IResult> TellAsync(Task told, string refusal)
    {
        try
        {
            await told;
            return new SeeOther(PanelEndpoints.Address);
        }
        catch (Exception e) when (
            e is HttpRequestException or TimeoutException or TaskCanceledException { InnerException: TimeoutException })
        {
            return TypedResults.Text(refusal, statusCode: StatusCodes.Status409Conflict);
        }
    }
}
