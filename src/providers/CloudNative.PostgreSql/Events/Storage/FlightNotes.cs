using CloudNative.Shared.EventLog;

namespace CloudNative.PostgreSql.Events.Storage;

/// <summary>
/// What a member has handed out, in its row: written once for all that is handed out at a time, before it is. What was settled since is
/// told by what the store says of it.
/// </summary>
/// <param name="connection">The reader's.</param>
/// <param name="slots">How many deliveries there can be at a time.</param>
internal sealed class FlightNotes(PgConnection connection, int slots) : IFlightRecord
{
    private readonly Lock _gate = new();
    private readonly Dictionary<int, (long Position, int Attempt)> _flying = [];
    private readonly Stack<int> _free = new(Enumerable.Range(0, slots).Reverse());
    private bool _isChanged;

    /// <summary>The member's number; known when it has joined.</summary>
    public long Member { get; set; }

    public int Enter(long position, int attempt)
    {
        lock (_gate)
        {
            var slot = _free.Pop();
            _flying[slot] = (position, attempt);
            _isChanged = true;
            return slot;
        }
    }

    public void Leave(int slot)
    {
        lock (_gate)
        {
            _flying.Remove(slot);
            _free.Push(slot);
        }
    }

    public void Erase(int slot)
    {
        lock (_gate)
        {
            _flying.Remove(slot);
            _free.Push(slot);
            _isChanged = true;
        }
    }

    public void Write(ILogTables tables)
    {
        var bytes = new List<byte>();
        lock (_gate)
        {
            if (!_isChanged)
            {
                return;
            }

            foreach (var (position, attempt) in _flying.Values)
            {
                Compact.WriteNumber(bytes, position);
                Compact.WriteNumber(bytes, attempt);
            }

            _isChanged = false;
        }

        try
        {
            connection.Run($"SELECT {connection.Schema}.note_flights($1, $2)", Member, bytes.ToArray());
        }
        catch
        {
            lock (_gate)
            {
                _isChanged = true;
            }

            throw;
        }
    }

    public void Dispose()
    {
        // The row goes with the member.
    }

    public static List<(long Position, int Attempt)> Read(ReadOnlySpan<byte> bytes)
    {
        var found = new List<(long, int)>();
        while (!bytes.IsEmpty)
        {
            var position = Compact.ReadNumber(ref bytes);
            found.Add((position, (int)Compact.ReadNumber(ref bytes)));
        }

        return found;
    }
}
