namespace CloudNative.Shared.EventLog;

// Keys whose events wait in the store behind a dead letter. That a key is held here and not there is possible, since
// others may discard what it waits for: it is found out when something is to be put aside. The other way round is not.
internal sealed partial class DeliveryOrder
{
    private readonly Dictionary<string, Share> _held = new(StringComparer.Ordinal);
    private readonly Queue<Entry> _aside = new();

    /// <summary>Whether any key is held.</summary>
    public bool HasHeld => _held.Count > 0;

    public bool IsHeld(string key) => _held.ContainsKey(key);

    /// <summary>A key is held from now on; what stood behind its event is to be put aside.</summary>
    public void Hold(string key, Share share)
    {
        _held[key] = share;
        if (sequenced && _keys.Remove(key, out var turn))
        {
            _behind -= turn.Behind.Count;
            foreach (var entry in turn.Behind)
            {
                _aside.Enqueue(entry);
            }
        }
    }

    /// <summary>
    /// A key is not held any more: what was to be put aside goes, that of <paramref name="first"/> first.
    /// </summary>
    public void Free(string key, IEnumerable<Entry> first)
    {
        _held.Remove(key);
        var rest = new List<Entry>();
        for (var left = _aside.Count; left > 0; left--)
        {
            var entry = _aside.Dequeue();
            if (entry.Key == key)
            {
                rest.Add(entry);
            }
            else
            {
                _aside.Enqueue(entry);
            }
        }

        foreach (var entry in first.Concat(rest).Where(entry => !entry.Share.IsGone))
        {
            Add(entry);
        }
    }

    /// <summary>Takes the next that are to be put aside.</summary>
    public List<Entry> TakeAside(int most)
    {
        var taken = new List<Entry>();
        while (taken.Count < most && _aside.TryDequeue(out var entry))
        {
            if (!entry.Share.IsGone)
            {
                taken.Add(entry);
            }
        }

        return taken;
    }
}
