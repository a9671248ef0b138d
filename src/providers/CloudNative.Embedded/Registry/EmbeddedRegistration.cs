using CloudNative.Discovery;

namespace CloudNative.Embedded.Registry;

/// <summary>An instance that this process announced.</summary>
internal sealed class EmbeddedRegistration(EmbeddedServiceRegistry registry, InstanceRow row) : IServiceRegistration
{
    private InstanceRow _row = row;
    private int _disposed;

    public ServiceInstance Instance => Row.Instance;

    public TimeSpan PropagationDelay => registry.PropagationDelay;

    /// <summary>What the store should hold; written again when the store was replaced.</summary>
    public InstanceRow Row => Volatile.Read(ref _row);

    public async ValueTask SetReadyAsync(bool ready, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_disposed == 1, this);
        var row = Row with { Ready = ready };
        Volatile.Write(ref _row, row);
        await registry.WriteAsync("ready", (connection, _) => InstanceRows.SetReady(connection, row), cancellationToken)
            .ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 1)
        {
            return;
        }

        registry.Forget(this);
        try
        {
            await registry.WriteAsync(
                "deregister", (connection, _) => InstanceRows.Delete(connection, Row), CancellationToken.None)
                .ConfigureAwait(false);
        }
        catch (ObjectDisposedException)
        {
            // The process has left already, and its instances with it.
        }
    }
}
