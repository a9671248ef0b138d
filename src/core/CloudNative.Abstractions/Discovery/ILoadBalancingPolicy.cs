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

    /// <summary>
    /// Prepares for candidates that many picks will choose among: a schedule, a table. Called once when the candidates of a service or
    /// their health or weights change, not per pick. Attempts after a failed one do not use what was prepared: they ask
    /// <see cref="Pick"/> of the policy itself, with the candidates that are left.
    /// </summary>
    /// <param name="candidates">At least one.</param>
    /// <param name="weights">
    /// The share of the calls that each candidate should get relative to its siblings, in the order of the candidates; more than 0.
    /// </param>
    /// <returns>
    /// What will be asked, always with exactly these candidates in this order. Default the policy itself.
    /// </returns>
    ILoadBalancingPolicy Prepare(ReadOnlySpan<EndpointState> candidates, ReadOnlySpan<double> weights) => this;
}
