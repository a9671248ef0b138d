namespace CloudNative.Discovery.Registration;

/// <summary>What to announce, or why nothing.</summary>
/// <param name="Endpoints">The addresses; empty when nothing is to be announced.</param>
/// <param name="Reason">Why nothing, or how the address was found.</param>
/// <param name="IsRefused">Whether an address was there, but not one that neighbours could reach.</param>
internal sealed record Advertisement(IReadOnlyList<InstanceEndpoint> Endpoints, string Reason, bool IsRefused = false)
{
    public static Advertisement None(string reason) => new([], reason);

    public static Advertisement Refused(string reason) => new([], reason, IsRefused: true);
}
