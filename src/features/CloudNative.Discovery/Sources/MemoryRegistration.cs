namespace CloudNative.Discovery.Sources;

/// <summary>A registration in memory; everybody sees its end at once.</summary>
internal sealed class MemoryRegistration(MemoryService service, ServiceInstance instance) : IServiceRegistration
{
    public ServiceInstance Instance { get; } = instance;

    public TimeSpan PropagationDelay => TimeSpan.Zero;

    public ValueTask SetReadyAsync(bool ready, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        service.SetListed(this, ready);
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync()
    {
        service.Remove(this);
        return ValueTask.CompletedTask;
    }
}
