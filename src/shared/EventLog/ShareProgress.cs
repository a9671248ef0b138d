namespace CloudNative.Shared.EventLog;

/// <summary>What one transaction settles of a share, and how far that moves its head.</summary>
/// <param name="share">The share.</param>
/// <param name="gate">Guards it.</param>
internal sealed class ShareProgress(Share share, Lock gate)
{
    private readonly HashSet<long> _passed = [];
    private long _head;

    /// <summary>How many events are done in this transaction.</summary>
    public int Count => _passed.Count;

    /// <summary>How many events are done then since the group's start.</summary>
    public long Done => share.Done + _passed.Count;

    /// <summary>The head does not wait for this position any more.</summary>
    public void Pass(long position) => _passed.Add(position);

    /// <summary>Where the head stands then, and what is open before it; to be written.</summary>
    public (long Head, byte[]? Open) Finish()
    {
        lock (gate)
        {
            _head = share.Open.Count == _passed.Count
                ? share.Read
                : Math.Max(share.Head, _passed.Count == 0 ? 0 : _passed.Max());
            return (_head, OpenPositions.Write(_head, Before(_head)));
        }
    }

    /// <summary>It was written.</summary>
    public void Committed()
    {
        lock (gate)
        {
            share.Head = _head;
            share.Done += _passed.Count;
            share.Open.ExceptWith(_passed);
        }
    }

    private IEnumerable<long> Before(long head) =>
        share.Open.GetViewBetween(0, head).Reverse().Where(position => !_passed.Contains(position));
}
