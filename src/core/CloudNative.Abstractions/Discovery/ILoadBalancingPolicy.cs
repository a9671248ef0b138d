namespace CloudNative.Discovery;

/// <summary>
/// Chooses one endpoint for one attempt. Called on every request by many threads at once: no lock, no allocation, no clock
/// (the context carries the time). Register one as a keyed service to name it in configuration.
/// </summary>
public interface ILoadBalancingPolicy
{
    /// <summary>Picks one of the candidates.</summary>
    /// <param name="candidates">At least one. Ejected endpoints and those this call has tried are left out already.</param>
    /// <param name="context">The attempt.</param>
    /// <returns>An index into <paramref name="candidates"/>.</returns>
    int Pick(ReadOnlySpan<EndpointState> candidates, in PickContext context);
}
