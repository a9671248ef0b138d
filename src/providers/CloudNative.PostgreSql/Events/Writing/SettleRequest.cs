using CloudNative.Eventing;
using CloudNative.Shared.EventLog;

namespace CloudNative.PostgreSql.Events.Writing;

/// <summary>What became of an event, to be written.</summary>
internal sealed class SettleRequest(GroupMember member, Entry entry, Settlement? settlement)
{
    private readonly TaskCompletionSource<bool> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public GroupMember Member => member;

    public Entry Entry => entry;

    public SettleChange Change { get; private set; }

    /// <summary>Whether it counted.</summary>
    public Task<bool> Task => _completion.Task;

    /// <summary>Says what is to be written.</summary>
    /// <param name="now">The time, in Unix milliseconds.</param>
    public void Prepare(long now) => Change = SettleChange.Of(entry, settlement, now, member.Keeps(entry));

    public void Committed(bool holds)
    {
        member.Settled(entry, settlement?.Kind, holds, Change.Put?.Due ?? 0, Change.Put?.History);
        _completion.TrySetResult(holds);
    }

    public void Failed(Exception exception) => _completion.TrySetException(exception);
}
