namespace CloudNative.Leases;

/// <summary>
/// Mutual exclusion across processes, with fencing tokens. Thread-safe; a singleton keyed by the provider's name.
/// </summary>
public interface ILeaseProvider
{
    /// <summary>
    /// Tries once to take the lease. While the returned lease is not disposed it is renewed in the background; it is
    /// lost when that fails for its whole duration, or when this process dies.
    /// </summary>
    /// <param name="name">The name of what is guarded, up to 200 characters; the app is the namespace.</param>
    /// <param name="duration">How long the lease outlives its last renewal; 1 s to 1 h.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <returns>The lease, or <see langword="null"/> while somebody else holds it.</returns>
    /// <exception cref="LeaseException">The store cannot be reached.</exception>
    ValueTask<ILease?> TryAcquireAsync(string name, TimeSpan duration, CancellationToken cancellationToken);
}
