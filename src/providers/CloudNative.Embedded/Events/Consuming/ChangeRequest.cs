using CloudNative.Embedded.Events.Storage;
using CloudNative.Embedded.Events.Writing;
using CloudNative.Shared.EventLog;

namespace CloudNative.Embedded.Events.Consuming;

/// <summary>Changes something of a member's shares, for those that are still its own.</summary>
internal sealed class ChangeRequest(GroupMember member, ShareChange change) : WriteRequest
{
    private readonly TaskCompletionSource _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private HashSet<Share> _held = [];

    public Task Task => _completion.Task;

    public override int Rows => change.Entries.Count;

    public override void Run(EventConnection connection, WriteScope scope)
    {
        _held = change.Entries.Select(entry => entry.Share).Distinct().Where(share => WriteOf(share).Holds).ToHashSet();
        List<Entry> entries = [.. change.Entries.Where(entry => _held.Contains(entry.Share))];
        foreach (var entry in change.Run(connection.Tables, scope, entries))
        {
            if (!entry.IsPassedOver)
            {
                WriteOf(entry.Share).Pass(entry.Position);
            }
        }

        ShareWrite WriteOf(Share share) =>
            scope.ShareWriteOf(share, () => new ShareWrite(connection, member.Group.Id, share, member.Gate));
    }

    public override void Committed()
    {
        change.Committed(entry => _held.Contains(entry.Share));
        _completion.TrySetResult();
    }

    public override void Failed(Exception exception) => _completion.TrySetException(exception);
}
