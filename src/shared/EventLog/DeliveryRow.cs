namespace CloudNative.Shared.EventLog;

/// <summary>An event that a group has passed over, to be delivered again or later.</summary>
/// <param name="Position">Its position.</param>
/// <param name="Partition">Its partition.</param>
/// <param name="Due">When, in Unix milliseconds.</param>
/// <param name="Attempts">How many attempts have failed.</param>
/// <param name="Holds">Whether later events of its key wait for it.</param>
/// <param name="Deaths">How many processes died while they handled it, perhaps because of it.</param>
/// <param name="History">The failures, see <see cref="Shared.EventLog.History"/>.</param>
/// <param name="IsEdited">Whether its data were changed while it was a dead letter; told when a row is read.</param>
internal sealed record DeliveryRow(
    long Position, int Partition, long Due, int Attempts, bool Holds, int Deaths, byte[]? History, bool IsEdited = false);
