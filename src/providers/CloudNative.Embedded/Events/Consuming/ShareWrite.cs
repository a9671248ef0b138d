using CloudNative.Embedded.Events.Storage;
using CloudNative.Embedded.Events.Writing;
using CloudNative.Shared.EventLog;

namespace CloudNative.Embedded.Events.Consuming;

/// <summary>What one transaction settles of a share. The token is checked once, in the same transaction.</summary>
internal sealed class ShareWrite(EventConnection connection, long group, Share share, Lock gate) : IShareWrite
{
    private readonly ShareProgress _progress = new(share, gate);

    /// <summary>Whether the share is still this member's.</summary>
    public bool Holds { get; } = ShareRows.Holds(connection, group, share.Partition, share.Token);

    /// <summary>The head does not wait for this position any more.</summary>
    public void Pass(long position) => _progress.Pass(position);

    public void Finish(EventConnection connection)
    {
        if (Holds)
        {
            var (head, open) = _progress.Finish();
            ShareRows.SetProgress(connection, group, share.Partition, head, open, _progress.Count);
        }
    }

    public void Committed()
    {
        if (Holds)
        {
            _progress.Committed();
        }
    }
}
