namespace CloudNative.Sdk.LoadShedding;

/// <summary>Requests that wait, by priority and age. Not thread-safe.</summary>
internal sealed class WaitingLine
{
    private readonly LinkedList<Waiter>[] _byPriority = [new(), new(), new()];

    public int Count { get; private set; }

    /// <summary>When the oldest began to wait; there must be one.</summary>
    public long OldestSince
    {
        get
        {
            var oldest = long.MaxValue;
            foreach (var line in _byPriority)
            {
                oldest = Math.Min(oldest, line.First?.Value.Since ?? long.MaxValue);
            }

            return oldest;
        }
    }

    public void Add(Waiter waiter)
    {
        waiter.Place = _byPriority[(int)waiter.Priority].AddLast(waiter);
        Count++;
    }

    public bool Remove(Waiter waiter)
    {
        if (waiter.Place is not { } place)
        {
            return false;
        }

        waiter.Place = null;
        place.List!.Remove(place);
        Count--;
        return true;
    }

    /// <summary>Takes the next one: of the highest priority, the newest or the oldest.</summary>
    public Waiter? Take(bool newest)
    {
        for (var priority = _byPriority.Length - 1; priority >= 0; priority--)
        {
            var line = _byPriority[priority];
            if ((newest ? line.Last : line.First) is { } place)
            {
                Remove(place.Value);
                return place.Value;
            }
        }

        return null;
    }

    /// <summary>Takes one that makes room for another: the oldest of the lowest priority, if that is lower.</summary>
    public Waiter? TakeBelow(RequestPriority priority)
    {
        for (var lower = 0; lower < (int)priority; lower++)
        {
            if (_byPriority[lower].First is { } place)
            {
                Remove(place.Value);
                return place.Value;
            }
        }

        return null;
    }

    /// <summary>Declines those that began to wait before a timestamp.</summary>
    public void TakeOlder(long than, ref Decisions decisions)
    {
        foreach (var line in _byPriority)
        {
            while (line.First is { } place && place.Value.Since <= than)
            {
                var waiter = place.Value;
                Remove(waiter);
                decisions.Decline(waiter);
            }
        }
    }
}
