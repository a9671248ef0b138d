using Microsoft.AspNetCore.Http.HttpResults;

namespace Shop.CardNetwork.Behaviour;

/// <summary>Looks at the network's behaviour and changes it.</summary>
internal static class BehaviourEndpoints
{
    public static void MapBehaviour(this IEndpointRouteBuilder app)
    {
        app.MapGet("/behaviour", (Mood mood) => TypedResults.Ok(mood.Behaviour));
        app.MapPut("/behaviour", Change);
    }

    private static Ok<NetworkBehaviour> Change(NetworkBehaviour behaviour, Mood mood)
    {
        mood.Behaviour = behaviour;
        return TypedResults.Ok(behaviour);
    }
}
