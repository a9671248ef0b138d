using CloudNative.Eventing;

namespace CloudNative.Shared.EventLog;

/// <summary>What a settlement changes in the store.</summary>
/// <param name="Put">The row by which it is delivered again, or null.</param>
/// <param name="IsRemoved">Whether such a row is there and goes.</param>
/// <param name="DeadLetter">The history of its failures when it is given up, or null.</param>
internal readonly record struct SettleChange(DeliveryRow? Put, bool IsRemoved, byte[]? DeadLetter)
{
    /// <param name="entry">The event.</param>
    /// <param name="settlement">What became of it; null puts one off that is not to be seen yet.</param>
    /// <param name="now">The time, in Unix milliseconds.</param>
    /// <param name="keeps">Whether later events of its key wait for it when it is retried.</param>
    public static SettleChange Of(Entry entry, Settlement? settlement, long now, bool keeps)
    {
        switch (settlement?.Kind)
        {
            case null:
                return new(Row(entry, entry.Due, entry.Attempts, holds: false, null), IsRemoved: false, null);
            case SettlementKind.Retry:
                var failed = History.Append(entry.History, settlement.Value.Failure!);
                return new(Row(entry, Due(now, settlement.Value.Delay), entry.Attempts + 1, keeps, failed), IsRemoved: false, null);
            case SettlementKind.DeadLetter:
                return new(null, entry.IsPassedOver, History.Append(entry.History, settlement.Value.Failure!));
            default:
                return new(null, entry.IsPassedOver, null);
        }
    }

    private static DeliveryRow Row(Entry entry, long due, int attempts, bool holds, byte[]? history) =>
        new(entry.Position, entry.Share.Partition, due, attempts, holds, entry.Deaths, history);

    private static long Due(long now, TimeSpan delay) =>
        now + long.Min((long)delay.TotalMilliseconds, DateTimeOffset.MaxValue.ToUnixTimeMilliseconds() - now);
}
