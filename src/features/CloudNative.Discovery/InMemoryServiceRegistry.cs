using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using CloudNative.Discovery.Sources;

namespace CloudNative.Discovery;

/// <summary>
/// A registry in memory, for tests and for several hosts in one process: register the same instance in each of them. It
/// is the provider
/// <c>memory</c>. Thread-safe.
/// </summary>
public sealed class InMemoryServiceRegistry : IServiceRegistry, IEndpointSource
{
    /// <summary>The provider's name.</summary>
    public const string ProviderName = "memory";

    private readonly ConcurrentDictionary<string, MemoryService> _services = new(StringComparer.OrdinalIgnoreCase);

    /// <inheritdoc />
    public string Name => ProviderName;

    /// <inheritdoc />
    public ValueTask<IServiceRegistration> RegisterAsync(ServiceInstance instance, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(instance);
        ArgumentOutOfRangeException.ThrowIfZero(instance.Endpoints.Count, nameof(instance));
        cancellationToken.ThrowIfCancellationRequested();
        var service = Get(instance.Service);
        var registration = new MemoryRegistration(service, instance);
        service.Put(registration, listed: true);
        return ValueTask.FromResult<IServiceRegistration>(registration);
    }

    /// <inheritdoc />
    public async IAsyncEnumerable<EndpointUpdate> WatchAsync(
        string service, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(service);
        var watched = Get(service);
        ImmutableArray<ServiceInstance>? last = null;
        while (true)
        {
            // The signal first, then the state it speaks of.
            var changed = watched.Changed;
            var (known, instances) = watched.Read();
            if (last is null || !last.Value.SequenceEqual(instances))
            {
                last = instances;
                yield return known ? EndpointUpdate.Answer(instances, confirmed: true) : EndpointUpdate.NotFound;
            }

            await changed.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private MemoryService Get(string service) => _services.GetOrAdd(service, static _ => new MemoryService());
}
