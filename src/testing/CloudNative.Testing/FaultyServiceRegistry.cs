using CloudNative.Discovery;

namespace CloudNative.Testing;

/// <summary>
/// A registry that fails when the test says so, and otherwise does what another one does. Thread-safe.
/// </summary>
/// <param name="inner">The registry that does the work.</param>
/// <param name="faults">What is wrong.</param>
public sealed class FaultyServiceRegistry(IServiceRegistry inner, RegistryFaults faults) : IServiceRegistry
{
    /// <inheritdoc/>
    public Uri? RemoteAddress => inner.RemoteAddress;

    /// <inheritdoc/>
    public ValueTask<Uri?> FindRemoteAddressAsync(CancellationToken cancellationToken)
    {
        faults.ThrowIfFailing();
        return inner.FindRemoteAddressAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask<IServiceRegistration> RegisterAsync(ServiceInstance instance, CancellationToken cancellationToken)
    {
        faults.ThrowIfFailing();
        return new Registration(await inner.RegisterAsync(instance, cancellationToken).ConfigureAwait(false), faults);
    }

    private sealed class Registration(IServiceRegistration inner, RegistryFaults faults) : IServiceRegistration
    {
        public ServiceInstance Instance => inner.Instance;

        public TimeSpan PropagationDelay => inner.PropagationDelay;

        public ValueTask SetReadyAsync(bool ready, CancellationToken cancellationToken)
        {
            faults.ThrowIfFailing();
            return inner.SetReadyAsync(ready, cancellationToken);
        }

        public ValueTask DisposeAsync()
        {
            faults.ThrowIfFailing();
            return inner.DisposeAsync();
        }
    }
}
