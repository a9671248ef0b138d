using System.Threading.Channels;
using CloudNative.Eventing;

namespace CloudNative.FaultTests.Embedded.Events;

/// <summary>Takes deliveries for a test to read, or handles them at once.</summary>
internal sealed class Collector(Func<EventDelivery, Task>? handle = null) : IDeliverySink
{
    private readonly Channel<EventDelivery> _deliveries = Channel.CreateUnbounded<EventDelivery>();
    private readonly Channel<(SubscriptionState State, string? Reason)> _states =
        Channel.CreateUnbounded<(SubscriptionState, string?)>();

    public void Deliver(EventDelivery delivery)
    {
        if (handle is null)
        {
            _deliveries.Writer.TryWrite(delivery);
        }
        else
        {
            _ = handle(delivery);
        }
    }

    public void StateChanged(SubscriptionState state, string? reason) => _states.Writer.TryWrite((state, reason));

    public async Task<EventDelivery> NextAsync() => await _deliveries.Reader.ReadAsync(TestContext.Current.CancellationToken).AsTask()
        .WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);

    public async Task<string?> StateAsync(SubscriptionState wanted)
    {
        while (true)
        {
            var (state, reason) = await _states.Reader.ReadAsync(TestContext.Current.CancellationToken).AsTask()
                .WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
            if (state == wanted)
            {
                return reason;
            }
        }
    }
}
