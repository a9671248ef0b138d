namespace CloudNative.Eventing.Memory;

/// <summary>
/// The dead letters of one key of a group: those that failed in order of the log, then those that wait as they came.
/// </summary>
internal sealed class MemoryLetterKey
{
    private readonly SortedSet<(long Position, long Id)> _failed = [];
    private readonly SortedSet<long> _waiting = [];

    public int Waiting => _waiting.Count;

    /// <summary>The one that is to go first. There is one.</summary>
    public long First => _failed.Count > 0 ? _failed.Min.Id : _waiting.Min;

    public void Add(long id, long position, bool waits)
    {
        if (waits)
        {
            _waiting.Add(id);
        }
        else
        {
            _failed.Add((position, id));
        }
    }

    /// <summary>Removes one. True when none is left.</summary>
    public bool Remove(long id, long position, bool waits)
    {
        if (waits)
        {
            _waiting.Remove(id);
        }
        else
        {
            _failed.Remove((position, id));
        }

        return _failed.Count == 0 && _waiting.Count == 0;
    }
}
