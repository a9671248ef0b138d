using CloudNative.Discovery;

namespace CloudNative.Http.Picking;

/// <summary>
/// The endpoints one call has tried. Those that could not be connected come first: they are never picked again, the
/// others only when nothing untried is left, and not before the time is over for which they asked to be left alone.
/// Nothing is allocated before the first failure. Not thread-safe.
/// </summary>
internal struct TriedEndpoints
{
    private EndpointState[]? _states;
    private long[]? _until;
    private int _notConnected;
    private int _count;

    public readonly int NotConnectedCount => _notConnected;

    public readonly ReadOnlySpan<EndpointState> All => _states.AsSpan(0, _count);

    public readonly bool HasAnswered => _count > _notConnected;

    /// <summary>The first timestamp at which one of those that answered may be asked again.</summary>
    public readonly long NextDue
    {
        get
        {
            var due = long.MaxValue;
            foreach (var until in _until.AsSpan(_notConnected, _count - _notConnected))
            {
                due = Math.Min(due, until);
            }

            return due;
        }
    }

    /// <summary>Those that must not be asked at this time.</summary>
    public readonly ReadOnlySpan<EndpointState> Barred(long now)
    {
        var barred = _notConnected;
        for (var index = barred; index < _count; index++)
        {
            if (_until![index] > now)
            {
                Swap(index, barred++);
            }
        }

        return _states.AsSpan(0, barred);
    }

    public void AddNotConnected(EndpointState state)
    {
        Swap(Add(state, 0), _notConnected++);
    }

    /// <summary>Adds one that answered, or broke off.</summary>
    /// <param name="state">The endpoint.</param>
    /// <param name="until">The timestamp until which it asked to be left alone; 0 when it did not.</param>
    public void AddAnswered(EndpointState state, long until)
    {
        var known = All[_notConnected..].IndexOf(state);
        if (known >= 0)
        {
            _until![_notConnected + known] = until;
            return;
        }

        Add(state, until);
    }

    public void Clear()
    {
        _states.AsSpan(0, _count).Clear();
        _count = _notConnected = 0;
    }

    private int Add(EndpointState state, long until)
    {
        if (_states is null || _count == _states.Length)
        {
            var size = Math.Max(4, _count * 2);
            Array.Resize(ref _states, size);
            Array.Resize(ref _until, size);
        }

        _states[_count] = state;
        _until![_count] = until;
        return _count++;
    }

    private readonly void Swap(int one, int other)
    {
        (_states![one], _states[other]) = (_states[other], _states[one]);
        (_until![one], _until[other]) = (_until[other], _until[one]);
    }
}
