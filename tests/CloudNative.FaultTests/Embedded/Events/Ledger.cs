using System.Collections.Concurrent;
using CloudNative.Eventing;

namespace CloudNative.FaultTests.Embedded.Events;

/// <summary>What was handled, by whatever process, and whether a key went backwards.</summary>
internal sealed class Ledger
{
    private readonly ConcurrentDictionary<string, int> _done = new();
    private readonly ConcurrentDictionary<string, long> _last = new();

    public int Done => _done.Count;

    public ConcurrentQueue<string> Violations { get; } = new();

    public async Task HandleAsync(EventDelivery delivery)
    {
        try
        {
            var position = delivery.Position!.Value;
            if (!_done.ContainsKey(delivery.Event.Id) && _last.GetValueOrDefault(delivery.Event.Key!) > position)
            {
                Violations.Enqueue(delivery.Event.Id);
            }

            if (await delivery.SettleAsync(Settlement.Complete(), CancellationToken.None))
            {
                _done.AddOrUpdate(delivery.Event.Id, 1, (_, count) => count + 1);
                _last.AddOrUpdate(delivery.Event.Key!, position, (_, former) => Math.Max(former, position));
            }
        }
        catch (InvalidOperationException)
        {
            // Its process was killed.
        }
    }
}
