namespace CloudNative.Eventing.Memory;

/// <summary>What the groups have given up, by number.</summary>
internal sealed class MemoryDeadLetters
{
    private readonly Lock _lock = new();
    private readonly SortedDictionary<long, (MemoryGroup Group, DeadLetter Letter)> _letters = [];
    private long _last;

    public void Add(MemoryGroup group, string topic, MemoryParcel parcel)
    {
        lock (_lock)
        {
            var history = parcel.History.ToArray();
            _letters[++_last] = (group, new DeadLetter
            {
                Id = _last,
                Topic = topic,
                Group = group.Name,
                Event = parcel.Event,
                Raw = parcel.Event.Data,
                Position = parcel.Position,
                Failure = history[^1],
                History = history,
            });
        }
    }

    public IReadOnlyList<DeadLetter> List(DeadLetterQuery query)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(query.Limit, 1, nameof(query));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(query.Limit, 1_000, nameof(query));
        lock (_lock)
        {
            return
            [
                .. _letters.Values.Select(entry => entry.Letter)
                    .Where(letter => letter.Id > query.After
                        && (query.Topic is null || query.Topic == letter.Topic)
                        && (query.Group is null || query.Group == letter.Group))
                    .Take(query.Limit),
            ];
        }
    }

    public DeadLetter? Find(long id)
    {
        lock (_lock)
        {
            return _letters.TryGetValue(id, out var entry) ? entry.Letter : null;
        }
    }

    /// <summary>Takes one out.</summary>
    public (MemoryGroup Group, DeadLetter Letter)? Take(long id)
    {
        lock (_lock)
        {
            return _letters.Remove(id, out var entry) ? entry : null;
        }
    }

    /// <summary>Puts one back that could not go anywhere.</summary>
    public void PutBack(MemoryGroup group, DeadLetter letter)
    {
        lock (_lock)
        {
            _letters[letter.Id] = (group, letter);
        }
    }
}
