using Microsoft.Extensions.Hosting;

namespace CloudNative.Comparison.Events;

/// <summary>One way to publish and handle events within a process. Handlers are made by the container in a scope of each event.</summary>
internal abstract class EventPeer(string name, IHost host, SaleCounter counter) : IAsyncDisposable
{
    public string Name => name;

    public SaleCounter Counter => counter;

    protected IHost Host => host;

    public abstract ValueTask PublishAsync(Sale sale);

    public async ValueTask DisposeAsync()
    {
        await host.StopAsync();
        host.Dispose();
    }
}
