using CloudNative.Discovery;

namespace CloudNative.Testing.Conformance;

/// <summary>
/// What <see cref="ServiceRegistryConformance"/> tests: a registry and a source of the same, empty app. They may live
/// in one process or reach the same store from two. Dispose what belongs to them in <see cref="DisposeAsync"/>.
/// </summary>
public abstract class RegistrySubject : IAsyncDisposable
{
    /// <summary>Where instances are registered.</summary>
    public abstract IServiceRegistry Registry { get; }

    /// <summary>Where they are found.</summary>
    public abstract IEndpointSource Source { get; }

    /// <inheritdoc/>
    public abstract ValueTask DisposeAsync();
}
