using System.Collections.Concurrent;
using CloudNative.Eventing;
using CloudNative.Testing.Agent.Client;

namespace CloudNative.Testing.Agent;

/// <summary>Tells of deliveries and keeps them until they are settled from outside.</summary>
internal sealed class AgentSink(Action<string> tell) : IDeliverySink
{
    private readonly ConcurrentDictionary<long, EventDelivery> _deliveries = new();
    private long _last;

    public void Deliver(EventDelivery delivery)
    {
        var number = Interlocked.Increment(ref _last);
        _deliveries[number] = delivery;
        tell($"deliver {EventText.Write(WireDelivery.Of(number, delivery))}");
        delivery.Lost.Register(() => tell($"lost {number}"));
    }

    public void StateChanged(SubscriptionState state, string? reason) => tell($"state {state} {reason?.ReplaceLineEndings(" ")}");

    public async Task<bool> SettleAsync(long number, WireSettlement settlement) =>
        await _deliveries[number].SettleAsync(settlement.ToSettlement(), CancellationToken.None);
}
