namespace CloudNative.Eventing.Memory;

/// <summary>What the groups have given up, by number.</summary>
internal sealed class MemoryDeadLetters
{
    private readonly Lock _lock = new();
    private readonly SortedDictionary<long, (MemoryGroup Group, DeadLetter Letter)> _letters = [];
    private readonly Dictionary<(MemoryGroup Group, string Key), MemoryLetterKey> _keys = [];
    private long _last;

    /// <param name="group">The group that gave it up.</param>
    /// <param name="topic">The topic.</param>
    /// <param name="parcel">The event with its failures.</param>
    /// <param name="waits">Whether it waits behind an earlier one of its key.</param>
    public void Add(MemoryGroup group, string topic, MemoryParcel parcel, bool waits = false)
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
                Edit = parcel.Edit,
                Position = parcel.Position,
                IsWaiting = waits,
                Failure = history[^1],
                History = history,
            });
            if (parcel.Event.Key is { } key)
            {
                if (!_keys.TryGetValue((group, key), out var letters))
                {
                    _keys[(group, key)] = letters = new MemoryLetterKey();
                }

                letters.Add(_last, parcel.Position, waits);
            }
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
                .. _letters.Values
                    .Where(entry => Matches(entry.Letter, query))
                    .Take(query.Limit)
                    .Select(entry => Counted(entry.Group, entry.Letter)),
            ];
        }
    }

    public DeadLetter? Find(long id)
    {
        lock (_lock)
        {
            return _letters.TryGetValue(id, out var entry) ? Counted(entry.Group, entry.Letter) : null;
        }
    }

    /// <summary>The group of one.</summary>
    public MemoryGroup? GroupOf(long id)
    {
        lock (_lock)
        {
            return _letters.TryGetValue(id, out var entry) ? entry.Group : null;
        }
    }

    /// <summary>The letter of a key that is to go first.</summary>
    public DeadLetter? First(MemoryGroup group, string key)
    {
        lock (_lock)
        {
            return _keys.TryGetValue((group, key), out var letters) ? _letters[letters.First].Letter : null;
        }
    }

    /// <summary>Takes one out.</summary>
    public DeadLetter? Take(long id)
    {
        lock (_lock)
        {
            if (!_letters.Remove(id, out var entry))
            {
                return null;
            }

            var letter = entry.Letter;
            if (letter.Event?.Key is { } key
                && _keys[(entry.Group, key)].Remove(id, letter.Position!.Value, letter.IsWaiting))
            {
                _keys.Remove((entry.Group, key));
            }

            return letter;
        }
    }

    /// <summary>Changes the data of one.</summary>
    public bool Edit(long id, byte[] data, string by, DateTimeOffset now)
    {
        lock (_lock)
        {
            if (!_letters.TryGetValue(id, out var entry))
            {
                return false;
            }

            var letter = entry.Letter;
            _letters[id] = (entry.Group, letter with
            {
                Event = letter.Event?.WithData(data),
                Raw = data,
                Edit = new DeadLetterEdit { Original = letter.Edit?.Original ?? letter.Raw, By = by, At = now },
            });
            return true;
        }
    }

    /// <summary>Removes those of a group that wait, from a position on.</summary>
    public void RemoveWaiting(MemoryGroup group, long from)
    {
        lock (_lock)
        {
            foreach (var id in _letters.Values
                .Where(entry => entry.Group == group && entry.Letter.IsWaiting && entry.Letter.Position >= from)
                .Select(entry => entry.Letter.Id).ToList())
            {
                Take(id);
            }
        }
    }

    private static bool Matches(DeadLetter letter, DeadLetterQuery query) =>
        letter.Id > query.After
        && (query.Topic is null || query.Topic == letter.Topic)
        && (query.Group is null || query.Group == letter.Group)
        && (query.Key is null || query.Key == letter.Event?.Key)
        && (query.IsWaiting is null || query.IsWaiting == letter.IsWaiting);

    private DeadLetter Counted(MemoryGroup group, DeadLetter letter) =>
        !letter.IsWaiting && letter.Event?.Key is { } key
            ? letter with { Waiting = _keys[(group, key)].Waiting }
            : letter;
}
