using System.Threading.Channels;
using CloudNative.Eventing;

namespace CloudNative.Testing.Conformance.Eventing;

/// <summary>Keeps deliveries until a test asks for them; settles nothing.</summary>
internal sealed class RecordingSink(TimeSpan patience) : IDeliverySink
{
    private readonly Channel<EventDelivery> _deliveries = Channel.CreateUnbounded<EventDelivery>();
    private readonly Channel<(SubscriptionState State, string? Reason)> _states =
        Channel.CreateUnbounded<(SubscriptionState, string?)>();

    public void Deliver(EventDelivery delivery) => _deliveries.Writer.TryWrite(delivery);

    public void StateChanged(SubscriptionState state, string? reason) => _states.Writer.TryWrite((state, reason));

    /// <summary>The next delivery; fails when none comes.</summary>
    public async Task<EventDelivery> NextAsync()
    {
        using var timeout = new CancellationTokenSource(patience, TimeProvider.System);
        try
        {
            return await _deliveries.Reader.ReadAsync(timeout.Token);
        }
        catch (OperationCanceledException)
        {
            Assert.Fail("An event should have been delivered, and was not.");
            throw;
        }
    }

    /// <summary>The next so many deliveries.</summary>
    public async Task<List<EventDelivery>> NextAsync(int count)
    {
        var deliveries = new List<EventDelivery>();
        while (deliveries.Count < count)
        {
            deliveries.Add(await NextAsync());
        }

        return deliveries;
    }

    /// <summary>The next state that it was told; fails when none is.</summary>
    public async Task<(SubscriptionState State, string? Reason)> NextStateAsync()
    {
        using var timeout = new CancellationTokenSource(patience, TimeProvider.System);
        try
        {
            return await _states.Reader.ReadAsync(timeout.Token);
        }
        catch (OperationCanceledException)
        {
            Assert.Fail("The sink should have been told of a state, and was not.");
            throw;
        }
    }

    /// <summary>What has come and was not asked for yet.</summary>
    public List<EventDelivery> Drain()
    {
        var deliveries = new List<EventDelivery>();
        while (_deliveries.Reader.TryRead(out var delivery))
        {
            deliveries.Add(delivery);
        }

        return deliveries;
    }
}
