namespace Shop.Web.Cards;

/// <summary>A behaviour that can be chosen on the panel.</summary>
/// <param name="Name">In the form.</param>
/// <param name="Title">On the button.</param>
/// <param name="Said">What is said once it is chosen.</param>
/// <param name="Behaviour">The behaviour.</param>
public sealed record NetworkMood(string Name, string Title, string Said, NetworkBehaviour Behaviour)
{
    private const decimal Limit = 500;

    /// <summary>All of them, the usual one first.</summary>
    public static IReadOnlyList<NetworkMood> All { get; } =
    [
        new("usual", "As usual", "The card network is as it always is: mostly there.", new(20, 0.05, 0.01, Limit)),
        new("slow", "Slow", "The card network takes three seconds for everything.", new(3000, 0, 0, Limit)),
        new("failing", "Failing", "The card network fails each request, half of them after it took the money.", new(20, 1, 0, Limit)),
        new("hanging", "Silent", "The card network takes requests and answers none.", new(20, 0, 1, Limit)),
        new("broke", "Declines all", "The card network declines every card.", new(20, 0, 0, 0)),
    ];
}
