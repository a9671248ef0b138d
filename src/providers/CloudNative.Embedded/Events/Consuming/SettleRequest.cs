using CloudNative.Embedded.Events.Storage;
using CloudNative.Embedded.Events.Writing;
using CloudNative.Eventing;

namespace CloudNative.Embedded.Events.Consuming;

/// <summary>
/// Writes what became of an event. A null settlement puts one off that is not to be seen yet. A crash of the machine may forget it, and
/// the event comes again; a crash of the process does not.
/// </summary>
internal sealed class SettleRequest(GroupMember member, Entry entry, Settlement? settlement) : WriteRequest
{
    private readonly TaskCompletionSource<bool> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _holds;
    private long _due;
    private byte[]? _history;

    /// <summary>Whether it counted.</summary>
    public Task<bool> Task => _completion.Task;

    public override void Run(EventConnection connection, WriteScope scope)
    {
        var share = scope.ShareWriteOf(
            entry.Share, () => new ShareWrite(connection, member.Group.Id, entry.Share, member.Gate));
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

        member.Tighten(connection, scope);
    }

    public override void Committed()
    {
        member.Settled(entry, settlement?.Kind, _holds, _due, _history);
        _completion.TrySetResult(_holds);
    }

    public override void Failed(Exception exception) => _completion.TrySetException(exception);

    private void Write(EventConnection connection, long now)
    {
        var group = member.Group;
        switch (settlement?.Kind)
        {
            case null:
                _due = entry.Due;
                Put(connection, entry.Attempts, holds: false);
                break;
            case SettlementKind.Retry:
                _due = Due(now, settlement.Value.Delay);
                _history = History.Append(entry.History, settlement.Value.Failure!);
                Put(connection, entry.Attempts + 1, member.Keeps(entry));
                break;
            case SettlementKind.DeadLetter:
                _history = History.Append(entry.History, settlement.Value.Failure!);
                DeadLetterRows.Add(connection, group, entry.Position, _history);
                Remove(connection);
                break;
            default:
                Remove(connection);
                break;
        }
    }

    private void Put(EventConnection connection, int attempts, bool holds) => DeliveryRows.Put(
        connection,
        member.Group.Id,
        new DeliveryRow(entry.Position, entry.Share.Partition, _due, attempts, holds, entry.Deaths, _history));

    private void Remove(EventConnection connection)
    {
        if (entry.IsPassedOver)
        {
            DeliveryRows.Remove(connection, member.Group.Id, entry.Position);
        }
    }

    private static long Due(long now, TimeSpan delay) =>
        now + long.Min((long)delay.TotalMilliseconds, DateTimeOffset.MaxValue.ToUnixTimeMilliseconds() - now);
}
