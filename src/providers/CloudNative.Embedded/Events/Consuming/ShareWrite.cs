using CloudNative.Embedded.Events.Storage;
using CloudNative.Embedded.Events.Writing;

namespace CloudNative.Embedded.Events.Consuming;

/// <summary>What one transaction settles of a share. The token is checked once, in the same transaction.</summary>
internal sealed class ShareWrite : IShareWrite
{
    private readonly long _group;
    private readonly Share _share;
    private readonly Lock _gate;
    private readonly HashSet<long> _passed = [];
    private long _head;

    public ShareWrite(EventConnection connection, long group, Share share, Lock gate)
    {
        _group = group;
        _share = share;
        _gate = gate;
        Holds = ShareRows.Holds(connection, group, share.Partition, share.Token);
    }

    /// <summary>Whether the share is still this member's.</summary>
    public bool Holds { get; }

    /// <summary>The head does not wait for this position any more.</summary>
    public void Pass(long position) => _passed.Add(position);

    public void Finish(EventConnection connection)
    {
        if (!Holds)
        {
            return;
        }

        byte[]? open;
        lock (_gate)
        {
            _head = _share.Open.Count == _passed.Count
                ? _share.Read
                : Math.Max(_share.Head, _passed.Count == 0 ? 0 : _passed.Max());
            open = OpenPositions.Write(_head, Before(_head));
        }

        ShareRows.SetProgress(connection, _group, _share.Partition, _head, open, _passed.Count);
    }

    public void Committed()
    {
        if (Holds)
        {
            lock (_gate)
            {
                _share.Head = _head;
                _share.Open.ExceptWith(_passed);
            }
        }
    }

    private IEnumerable<long> Before(long head) =>
        _share.Open.GetViewBetween(0, head).Reverse().Where(position => !_passed.Contains(position));
}
