using System.Collections.Concurrent;
using System.Threading.Channels;
using CloudNative.Eventing;

namespace CloudNative.Embedded.Tests.Events;

/// <summary>Takes deliveries and states, for a test to read one by one.</summary>
internal sealed class Recorder(bool completes = false) : IDeliverySink
{
    private readonly Channel<EventDelivery> _deliveries = Channel.CreateUnbounded<EventDelivery>();
    private readonly Channel<(SubscriptionState State, string? Reason)> _states =
        Channel.CreateUnbounded<(SubscriptionState, string?)>();

    public ConcurrentQueue<EventDelivery> All { get; } = new();

    public void Deliver(EventDelivery delivery)
    {
        All.Enqueue(delivery);
        _deliveries.Writer.TryWrite(delivery);
        if (completes)
        {
            _ = delivery.SettleAsync(Settlement.Complete(), CancellationToken.None).AsTask();
        }
    }

    public void StateChanged(SubscriptionState state, string? reason) => _states.Writer.TryWrite((state, reason));

    public async Task<EventDelivery> NextAsync() =>
        await _deliveries.Reader.ReadAsync(TestContext.Current.CancellationToken).AsTask()
            .WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);

    public async Task<List<EventDelivery>> NextAsync(int count)
    {
        var deliveries = new List<EventDelivery>();
        while (deliveries.Count < count)
        {
            deliveries.Add(await NextAsync());
        }

        return deliveries;
    }

    public bool HasMore => _deliveries.Reader.TryPeek(out _);

    public async Task<string?> StateAsync(SubscriptionState wanted)
    {
        while (true)
        {
            var (state, reason) = await _states.Reader.ReadAsync(TestContext.Current.CancellationToken).AsTask()
                .WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
            if (state == wanted)
            {
                return reason;
            }
        }
    }
}
