namespace CloudNative.Discovery;

/// <summary>An instance that is announced. Disposing it deregisters the instance; doing so twice is harmless.</summary>
public interface IServiceRegistration : IAsyncDisposable
{
    /// <summary>What is announced.</summary>
    ServiceInstance Instance { get; }

    /// <summary>How long neighbours may still call the instance after it was deregistered.</summary>
    TimeSpan PropagationDelay { get; }

    /// <summary>Takes the instance out of everyone's choice, or back in, without forgetting it. Follows readiness.</summary>
    /// <param name="ready">Whether the instance takes calls.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <returns>A task that completes when the registry has taken it.</returns>
    /// <exception cref="ServiceRegistryException">The registry cannot be reached or refused; worth trying again.</exception>
    ValueTask SetReadyAsync(bool ready, CancellationToken cancellationToken);
}
