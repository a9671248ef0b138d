using System.Threading.Channels;
using CloudNative.Eventing;

namespace CloudNative.RabbitMq.Tests.Support;

/// <summary>Keeps what comes until a test asks for it.</summary>
internal sealed class Sink : IDeliverySink
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(30);

    private readonly Channel<EventDelivery> _deliveries = Channel.CreateUnbounded<EventDelivery>();
    private readonly Channel<(SubscriptionState State, string? Reason)> _states =
        Channel.CreateUnbounded<(SubscriptionState, string?)>();

    public void Deliver(EventDelivery delivery) => _deliveries.Writer.TryWrite(delivery);

    public void StateChanged(SubscriptionState state, string? reason) => _states.Writer.TryWrite((state, reason));

    public Task<EventDelivery> NextAsync() =>
        _deliveries.Reader.ReadAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(_patience, TimeProvider.System);

    public Task<(SubscriptionState State, string? Reason)> NextStateAsync() =>
        _states.Reader.ReadAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(_patience, TimeProvider.System);

    public bool TryNext(out EventDelivery? delivery) => _deliveries.Reader.TryRead(out delivery);
}
