using CloudNative.Leases;

namespace CloudNative.Hosting;

/// <summary>
/// Work that one replica of a service does at a time: a report, a clean-up, a poller. Added by <c>AddLeaderService</c>; a new object for
/// each term of leadership, from a scope of its own.
/// </summary>
public interface ILeaderService
{
    /// <summary>
    /// Works for as long as this process leads. Returning ends the term: the lease is released, and this process stands for election again
    /// after <see cref="LeaderElectionOptions.RetryInterval"/>.
    /// </summary>
    /// <param name="leadership">
    /// The lease. Hand its fencing token to what is written, so that a leader which was paused and does not know yet changes nothing.
    /// </param>
    /// <param name="cancellationToken">Fires when the lease is lost and when the host stops. Nothing may be done after it.</param>
    /// <returns>Ends with the work.</returns>
    Task RunAsync(ILease leadership, CancellationToken cancellationToken);
}
