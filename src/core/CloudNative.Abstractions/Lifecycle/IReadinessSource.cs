namespace CloudNative.Lifecycle;

/// <summary>
/// Whether this service takes work. The health feature answers it; registration follows it, so that neighbours stop
/// calling an instance that says it is not ready. At most one is registered; without one a service counts as ready. A
/// singleton; thread-safe.
/// </summary>
public interface IReadinessSource
{
    /// <summary>Whether the service takes work now.</summary>
    bool IsReady { get; }

    /// <summary>
    /// Completes as soon as <see cref="IsReady"/> differs from <paramref name="seen"/>; at once when it does already,
    /// so that a change between reading and waiting is never missed.
    /// </summary>
    /// <param name="seen">What the caller saw.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>A task that completes then.</returns>
    Task WaitForChangeAsync(bool seen, CancellationToken cancellationToken);
}
