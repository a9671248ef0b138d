using CloudNative.Embedded.Events.Storage;
using CloudNative.Embedded.Events.Writing;
using CloudNative.Eventing;
using CloudNative.Shared.EventLog;

namespace CloudNative.Embedded.Events.Consuming;

/// <summary>
/// Writes what became of an event. A null settlement puts one off that is not to be seen yet. A crash of the machine may forget it, and
/// the event comes again; a crash of the process does not.
/// </summary>
internal sealed class SettleRequest(GroupMember member, Entry entry, Settlement? settlement) : WriteRequest
{
    private readonly TaskCompletionSource<bool> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _holds;
    private SettleChange _change;

    /// <summary>Whether it counted.</summary>
    public Task<bool> Task => _completion.Task;

    public override void Run(EventConnection connection, WriteScope scope)
    {
        var share = scope.ShareWriteOf(entry.Share, () => Open(connection, entry.Share));
        _holds = share.Holds;
        if (!_holds)
        {
            return;
        }

        Write(connection, scope.Now);
        if (!entry.IsPassedOver)
        {
            share.Pass(entry.Position);
        }

        foreach (var quiet in member.FindBehind())
        {
            scope.ShareWriteOf(quiet, () => Open(connection, quiet));
        }
    }

    public override void Committed()
    {
        member.Settled(entry, settlement?.Kind, _holds, _change.Put?.Due ?? 0, _change.Put?.History);
        _completion.TrySetResult(_holds);
    }

    public override void Failed(Exception exception) => _completion.TrySetException(exception);

    private ShareWrite Open(EventConnection connection, Share share) => new(connection, member.Group.Id, share, member.Gate);

    private void Write(EventConnection connection, long now)
    {
        var group = member.Group;
        _change = SettleChange.Of(entry, settlement, now, member.Keeps(entry));
        if (_change.Put is { } row)
        {
            DeliveryRows.Put(connection, group.Id, row);
        }

        if (_change.DeadLetter is { } history)
        {
            DeadLetterRows.Add(connection, group, entry.Position, history);
        }

        if (_change.IsRemoved)
        {
            DeliveryRows.Remove(connection, group.Id, entry.Position);
        }
    }
}
