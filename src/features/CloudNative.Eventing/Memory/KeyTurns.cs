namespace CloudNative.Eventing.Memory;

/// <summary>Whose turn it is within each key. Empty when nothing with a key is under way.</summary>
internal sealed class KeyTurns
{
    // A key is there while one of its events is under way; the queue is made when a second one comes.
    private readonly Dictionary<string, Queue<MemoryParcel>?> _turns = new(StringComparer.Ordinal);

    public IEnumerable<MemoryParcel> Waiting => _turns.Values.SelectMany(queue => queue ?? []);

    /// <summary>Takes the turn of a key that nobody has.</summary>
    public bool TryTake(string key) => _turns.TryAdd(key, null);

    /// <summary>Queues an event behind the one that has the turn.</summary>
    public void Wait(string key, MemoryParcel parcel)
    {
        if (_turns[key] is not { } queue)
        {
            _turns[key] = queue = new Queue<MemoryParcel>();
        }

        queue.Enqueue(parcel);
    }

    /// <summary>Passes the turn on.</summary>
    /// <returns>The event that has it now; nothing when none was waiting.</returns>
    public MemoryParcel? Pass(string key)
    {
        if (_turns[key] is { Count: > 0 } queue)
        {
            return queue.Dequeue();
        }

        _turns.Remove(key);
        return null;
    }

    public void Clear() => _turns.Clear();
}
