using CloudNative.Discovery;

namespace CloudNative.Http.Picking;

/// <summary>
/// The endpoints one call has tried. Those that could not be connected come first: they are never picked again, the
/// others only when nothing untried is left. Nothing is allocated before the first failure. Not thread-safe.
/// </summary>
internal struct TriedEndpoints
{
    private EndpointState[]? _states;
    private int _notConnected;
    private int _count;

    public readonly int NotConnectedCount => _notConnected;

    public readonly ReadOnlySpan<EndpointState> All => _states.AsSpan(0, _count);

    public readonly ReadOnlySpan<EndpointState> NotConnected => _states.AsSpan(0, _notConnected);

    public void AddNotConnected(EndpointState state)
    {
        MakeRoom();
        _states![_count++] = _states[_notConnected];
        _states[_notConnected++] = state;
    }

    public void AddAnswered(EndpointState state)
    {
        MakeRoom();
        _states![_count++] = state;
    }

    public void Clear()
    {
        _states.AsSpan(0, _count).Clear();
        _count = _notConnected = 0;
    }

    private void MakeRoom()
    {
        if (_states is null || _count == _states.Length)
        {
            Array.Resize(ref _states, Math.Max(4, _count * 2));
        }
    }
}
