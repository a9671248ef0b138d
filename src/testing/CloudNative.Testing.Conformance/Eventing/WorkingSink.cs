using System.Threading.Channels;
using CloudNative.Eventing;

namespace CloudNative.Testing.Conformance.Eventing;

/// <summary>Handles deliveries with several workers, as a service does.</summary>
internal sealed class WorkingSink : IDeliverySink, IAsyncDisposable
{
    private readonly Channel<EventDelivery> _deliveries = Channel.CreateUnbounded<EventDelivery>();
    private readonly Task _working;

    public WorkingSink(int workers, Func<EventDelivery, Settlement> handle) => _working =
        Task.WhenAll(Enumerable.Range(0, workers).Select(_ => Task.Run(() => WorkAsync(handle))));

    public void Deliver(EventDelivery delivery) => _deliveries.Writer.TryWrite(delivery);

    public void StateChanged(SubscriptionState state, string? reason)
    {
    }

    public async ValueTask DisposeAsync()
    {
        _deliveries.Writer.TryComplete();
        await _working;
    }

    private async Task WorkAsync(Func<EventDelivery, Settlement> handle)
    {
        await foreach (var delivery in _deliveries.Reader.ReadAllAsync())
        {
            var settlement = handle(delivery);
            await Task.Yield();
            await delivery.SettleAsync(settlement, CancellationToken.None);
        }
    }
}
