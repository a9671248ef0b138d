namespace CloudNative.RabbitMq.DeadLetters;

/// <summary>
/// What the entries of the stream come to, taken in their order. All processes read the same entries and come to the
/// same; so of two that want a letter at once, the one whose entry is first has it. Holds numbers only, and only those of
/// letters and acts behind the first letter that is still there. Thread-safe.
/// </summary>
internal sealed class LetterLedger
{
    private readonly Lock _lock = new();
    private readonly HashSet<long> _gone = [];
    private readonly Dictionary<long, (string? Token, DateTimeOffset Until)> _claims = [];
    private readonly Dictionary<long, LetterEdit> _edits = [];
    private long _floor;
    private LetterEntry? _last;

    /// <summary>The last entry that was taken.</summary>
    public LetterEntry? Last
    {
        get
        {
            lock (_lock)
            {
                return _last;
            }
        }
    }

    /// <summary>No letter with this number or a smaller one is there.</summary>
    public long Floor
    {
        get
        {
            lock (_lock)
            {
                return _floor;
            }
        }
    }

    /// <summary>Takes the next entry; those that were taken before are passed over.</summary>
    /// <returns>The letters on which it had an effect.</returns>
    public IReadOnlyList<long> Apply(LetterEntry entry)
    {
        lock (_lock)
        {
            var next = _last is null ? 0 : _last.Offset + 1;
            if (entry.Offset < next)
            {
                return [];
            }

            if (entry.Offset > next || _last is null)
            {
                Forget(entry.Offset);
            }

            _last = entry;
            if (entry.IsLetter)
            {
                return [];
            }

            var changed = entry.Letters.Where(id => id < entry.Number && Change(entry, id)).ToList();
            Remove(entry.Number);
            return changed;
        }
    }

    /// <summary>Whether a letter with this number is there, as far as entries were taken.</summary>
    public bool IsThere(long id)
    {
        lock (_lock)
        {
            return HasLetter(id);
        }
    }

    /// <summary>The last change of a letter.</summary>
    public LetterEdit? EditOf(long id)
    {
        lock (_lock)
        {
            return _edits.GetValueOrDefault(id);
        }
    }

    /// <summary>Forgets what the broker has dropped: reading from a place began at a later one.</summary>
    public void Drop(long first, long from)
    {
        lock (_lock)
        {
            if (first > from)
            {
                Forget(first);
            }
        }
    }

    /// <summary>Begins anew, with a stream that is another.</summary>
    public void Clear()
    {
        lock (_lock)
        {
            _gone.Clear();
            _claims.Clear();
            _edits.Clear();
            (_floor, _last) = (0, null);
        }
    }

    private bool HasLetter(long id) => id > _floor && _last is not null && id <= _last.Number && !_gone.Contains(id);

    private bool Change(LetterEntry entry, long id)
    {
        var isFree = HasLetter(id) && (!_claims.TryGetValue(id, out var claim) || claim.Until < entry.When);
        switch (entry.Act)
        {
            case LetterAct.Claim when isFree:
                _claims[id] = (entry.Token, entry.Until);
                return true;
            case LetterAct.Edit when isFree:
                _edits[id] = new LetterEdit(entry.Offset, entry.By, entry.When);
                return true;
            case LetterAct.Discard when isFree:
            case LetterAct.Gone when HasLetter(id):
                Remove(id);
                return true;
            case LetterAct.Release:
                return _claims.TryGetValue(id, out var held) && held.Token == entry.Token && _claims.Remove(id);
            default:
                return false;
        }
    }

    private void Remove(long id)
    {
        _claims.Remove(id);
        _edits.Remove(id);
        _gone.Add(id);
        while (_gone.Remove(_floor + 1))
        {
            _floor++;
        }
    }

    // The broker has dropped what lies before.
    private void Forget(long before)
    {
        if (before <= _floor)
        {
            return;
        }

        _floor = before;
        _gone.RemoveWhere(id => id <= before);
        foreach (var id in _claims.Keys.Concat(_edits.Keys).Where(id => id <= before).Distinct().ToList())
        {
            _claims.Remove(id);
            _edits.Remove(id);
        }

        while (_gone.Remove(_floor + 1))
        {
            _floor++;
        }
    }
}
