using System.Collections.Concurrent;

namespace Shop.Smoke;

/// <summary>Which orders are still to place, and which the shop has confirmed. Thread-safe.</summary>
internal sealed class Ledger(int orders)
{
    private readonly ConcurrentDictionary<int, TaskCompletionSource> _milestones = new();
    private readonly ConcurrentDictionary<Guid, PlacedOrder> _placed = new();
    private int _next;
    private int _done;

    public int Orders => orders;

    /// <summary>What the shop confirmed, by id.</summary>
    public IReadOnlyDictionary<Guid, PlacedOrder> Placed => _placed;

    /// <summary>Takes the next order to place.</summary>
    /// <returns>Whether there is one left.</returns>
    public bool TryTake(out int order)
    {
        order = Interlocked.Increment(ref _next) - 1;
        return order < orders;
    }

    /// <summary>An attempt is over, whether it went well or not.</summary>
    public void Done(PlacedOrder? placed)
    {
        if (placed is not null)
        {
            _placed[placed.Id] = placed;
        }

        var done = Interlocked.Increment(ref _done);
        foreach (var (count, milestone) in _milestones)
        {
            if (done >= count)
            {
                milestone.TrySetResult();
            }
        }
    }

    /// <summary>Completes when so many attempts are over.</summary>
    public Task WhenPlaced(int count) =>
        _milestones.GetOrAdd(count, _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
}
