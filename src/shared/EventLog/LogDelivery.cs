using CloudNative.Eventing;

namespace CloudNative.Shared.EventLog;

/// <summary>An event on loan to this process.</summary>
internal sealed class LogDelivery(GroupMember member, Entry entry, StoredEvent stored) : EventDelivery
{
    private int _settled;

    public override EventEnvelope Event => stored.Envelope;

    public override int Attempt { get; } = entry.Attempts + 1;

    public override long? Position => stored.Position;

    public override DateTimeOffset Stored => DateTimeOffset.FromUnixTimeMilliseconds(stored.Stored);

    public override CancellationToken Lost => entry.Share.Lost;

    public override async ValueTask<bool> SettleAsync(Settlement settlement, CancellationToken cancellationToken)
    {
        if (Interlocked.Exchange(ref _settled, 1) == 1)
        {
            throw new InvalidOperationException("This delivery was settled before.");
        }

        return await member.SettleAsync(entry, settlement).WaitAsync(cancellationToken).ConfigureAwait(false);
    }
}
