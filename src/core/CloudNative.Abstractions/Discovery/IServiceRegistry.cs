namespace CloudNative.Discovery;

/// <summary>Where a service makes itself known. A singleton keyed by the provider's name; thread-safe.</summary>
public interface IServiceRegistry
{
    /// <summary>
    /// Where the registry is reached over the network, to find the local address that neighbours can reach us by;
    /// <see langword="null"/> for a registry of this machine, where loopback addresses are right. Default <see langword="null"/>.
    /// </summary>
    Uri? RemoteAddress => null;

    /// <summary>
    /// As <see cref="RemoteAddress"/>, for a registry that has to ask: an agent on this machine may speak for a cluster of many. Called
    /// before an instance is announced whose address nobody has set.
    /// </summary>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <returns>The address. The default implementation answers <see cref="RemoteAddress"/>.</returns>
    /// <exception cref="ServiceRegistryException">The registry cannot be reached or refused; worth trying again.</exception>
    ValueTask<Uri?> FindRemoteAddressAsync(CancellationToken cancellationToken) => new(RemoteAddress);

    /// <summary>
    /// Announces an instance. The registration stays until it is disposed or the process dies; a registry that forgets it
    /// (a restarted agent) gets it again without the caller's doing.
    /// </summary>
    /// <param name="instance">What to announce. The same id again replaces what was announced before.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <returns>The registration.</returns>
    /// <exception cref="ServiceRegistryException">The registry cannot be reached or refused; worth trying again.</exception>
    ValueTask<IServiceRegistration> RegisterAsync(ServiceInstance instance, CancellationToken cancellationToken);
}
