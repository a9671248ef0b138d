namespace CloudNative.Shared.EventLog;

/// <summary>
/// In which order a member delivers what it has read. Where keys are in order, one event of a key is on its way or
/// waits for its next attempt, and later ones stand behind it. Guarded by the member's gate.
/// </summary>
internal sealed partial class DeliveryOrder(bool byKey, bool sequenced)
{
    private const int MostBehind = 10_000;

    private readonly PriorityQueue<Entry, long> _ready = new();
    private readonly PriorityQueue<Entry, long> _waiting = new();
    private readonly Queue<Entry> _suspects = new();
    private readonly HashSet<Entry> _deferred = [];
    private readonly Dictionary<string, (Share Share, Queue<Entry> Behind)> _keys = new(StringComparer.Ordinal);
    private int _behind;

    public int Ready => _ready.Count;

    /// <summary>Whether more may be read: what stands behind others is bounded.</summary>
    public bool HasRoom => _behind + _aside.Count < MostBehind;

    /// <summary>When the next one that waits is due, in Unix milliseconds.</summary>
    public long? NextDue => _waiting.TryPeek(out _, out var due) ? due : null;

    /// <summary>Adds one that can go at once, unless another of its key is before it.</summary>
    public void Add(Entry entry)
    {
        if (!byKey || entry.Key is null)
        {
            _ready.Enqueue(entry, entry.Position);
        }
        else if (sequenced && _held.Count > 0 && _held.ContainsKey(entry.Key))
        {
            entry.Event = null;
            _aside.Enqueue(entry);
        }
        else if (_keys.TryGetValue(entry.Key, out var key))
        {
            entry.Event = null;
            key.Behind.Enqueue(entry);
            _behind++;
        }
        else
        {
            _keys.Add(entry.Key, (entry.Share, new Queue<Entry>()));
            _ready.Enqueue(entry, entry.Position);
        }
    }

    /// <summary>Adds one that waits for its next attempt; others of its key stand behind it.</summary>
    public void AddHolding(Entry entry)
    {
        if (byKey && entry.Key is not null)
        {
            _keys.TryAdd(entry.Key, (entry.Share, new Queue<Entry>()));
        }

        Retry(entry);
    }

    /// <summary>Adds one that is not to be seen yet; nobody stands behind it.</summary>
    public void Defer(Entry entry)
    {
        entry.Event = null;
        _waiting.Enqueue(entry, entry.Due);
        _deferred.Add(entry);
    }

    /// <summary>
    /// One that was on its way waits for its next attempt, and keeps its place before others of its key.
    /// </summary>
    public void Retry(Entry entry)
    {
        entry.Event = null;
        _waiting.Enqueue(entry, entry.Due);
    }

    /// <summary>One that was on its way goes again.</summary>
    public void Return(Entry entry) => _ready.Enqueue(entry, entry.Position);

    /// <summary>One is done; the next of its key can go.</summary>
    public void Finish(Entry entry)
    {
        if (!byKey || entry.Key is null || !_keys.TryGetValue(entry.Key, out var key))
        {
            return;
        }

        if (key.Behind.TryDequeue(out var next))
        {
            _behind--;
            _ready.Enqueue(next, next.Position);
        }
        else
        {
            _keys.Remove(entry.Key);
        }
    }

    /// <summary>Lets go what is due.</summary>
    public void MoveDue(long now)
    {
        while (_waiting.TryPeek(out var entry, out var due) && due <= now)
        {
            _waiting.Dequeue();
            if (_deferred.Remove(entry))
            {
                Add(entry);
            }
            else
            {
                Return(entry);
            }
        }
    }

    /// <summary>
    /// The next to go; those that may kill their process only where <paramref name="suspects"/> says so.
    /// </summary>
    public bool TryTake(bool suspects, out Entry entry)
    {
        while (_ready.TryDequeue(out entry!, out _))
        {
            if (entry.Share.IsGone || entry.Share.IsLeaving)
            {
                continue;
            }

            if (suspects || !entry.IsSuspect)
            {
                return true;
            }

            _suspects.Enqueue(entry);
        }

        return false;
    }

    /// <summary>Those that had to wait for another suspect may go.</summary>
    public void ReturnSuspects()
    {
        while (_suspects.TryDequeue(out var entry))
        {
            Return(entry);
        }
    }

    /// <summary>
    /// Forgets a share that is gone; what of it is ready or waits is passed over when its turn comes.
    /// </summary>
    public void Forget(Share share)
    {
        foreach (var (name, key) in _keys.Where(pair => ReferenceEquals(pair.Value.Share, share)).ToList())
        {
            _behind -= key.Behind.Count;
            _keys.Remove(name);
        }

        foreach (var (name, _) in _held.Where(pair => ReferenceEquals(pair.Value, share)).ToList())
        {
            _held.Remove(name);
        }
    }
}
