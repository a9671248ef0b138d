namespace CloudNative.Eventing.Memory;

// What waits behind a dead letter of its key.
internal sealed partial class MemoryGroup
{
    private const string Detail = "An earlier event of its key is a dead letter; this one waits behind it.";

    // A key is here from its first dead letter on, with the position of its letter that was sent back and is not done.
    private readonly Dictionary<string, long?> _held = new(StringComparer.Ordinal);
    private bool _sequenced;
    private bool _wentAside;

    /// <summary>Delivers a dead letter as a first attempt.</summary>
    /// <returns>Whether it did: not when it would overtake another of its key, nor when the group is gone.</returns>
    public bool Replay(long id)
    {
        lock (_topic.Gate)
        {
            if (!_topic.Groups.Contains(this) || _store.DeadLetters.Find(id) is not { } letter)
            {
                return false;
            }

            if (letter.Event!.Key is not { } key || !_held.TryGetValue(key, out var released))
            {
                return Release(letter, isNext: false);
            }

            return released is null && _store.DeadLetters.First(this, key)?.Id == id && Release(letter, isNext: true);
        }
    }

    /// <summary>Letters of a key were discarded: what waited behind them follows.</summary>
    public void Discarded(string key)
    {
        lock (_topic.Gate)
        {
            if (_topic.Groups.Contains(this) && _held.TryGetValue(key, out var released) && released is null)
            {
                Next(key);
            }
        }

        Pump();
        _store.TellIfIdle();
    }

    private bool IsHeld(string key) => _held.Count > 0 && _sequenced && _held.ContainsKey(key);

    private void PutAside(MemoryParcel parcel)
    {
        parcel.AddFailure(new DeliveryFailure(DeadLetterReason.EarlierDeadLetter, Detail, _store.Now, 0));
        _store.DeadLetters.Add(this, _topic.Name, parcel, waits: true);
        _unsettled--;
        _wentAside = true;
    }

    private void GiveUp(MemoryParcel parcel)
    {
        _store.DeadLetters.Add(this, _topic.Name, parcel);
        if (!_sequenced || parcel.Event.Key is not { } key)
        {
            End(parcel.Event, parcel.Position, parcel.HoldsKey);
            return;
        }

        _unsettled--;
        var released = _held.GetValueOrDefault(key);
        _held[key] = released == parcel.Position ? null : released;
        while (parcel.HoldsKey && _keys.Pass(key) is { } next)
        {
            PutAside(next);
        }
    }

    // The group is done with an event; the next of its key has its turn.
    private void End(EventEnvelope done, long position, bool heldKey)
    {
        _unsettled--;
        while (heldKey && _keys.Pass(done.Key!) is { } next)
        {
            if (!IsHeld(done.Key!))
            {
                _ready.Enqueue(next);
                break;
            }

            PutAside(next);
        }

        if (_held.Count > 0 && done.Key is { } key && _held.TryGetValue(key, out var released) && released == position)
        {
            Next(key);
        }
    }

    // One that failed waits for somebody to look at it; what only waited follows.
    private void Next(string key)
    {
        switch (_store.DeadLetters.First(this, key))
        {
            case null:
                _held.Remove(key);
                break;
            case { IsWaiting: true } next:
                Release(next, isNext: true);
                break;
            default:
                _held[key] = null;
                break;
        }
    }

    private bool Release(DeadLetter letter, bool isNext)
    {
        _store.DeadLetters.Take(letter.Id);
        _unsettled++;
        _store.CountReady();
        var parcel = new MemoryParcel(letter.Event!, letter.Position!.Value, _store.UtcTicks) { Edit = letter.Edit };
        if (isNext)
        {
            _held[letter.Event!.Key!] = letter.Position;
        }

        TakeTurn(parcel);
        return true;
    }

    private void SeekHeld()
    {
        _store.DeadLetters.RemoveWaiting(this, Cursor);
        foreach (var key in _held.Keys.ToList())
        {
            if (_store.DeadLetters.First(this, key) is { } first && first.Position < Cursor)
            {
                Next(key);
            }
            else
            {
                _held.Remove(key);
            }
        }
    }
}
