namespace CloudNative.Shared.EventLog;

/// <summary>A group as it stands in the store.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Topic">Its topic's number.</param>
/// <param name="Start">The position after which it began, or was sent back to.</param>
/// <param name="Epoch">Grows when its members, its shares or its rows to deliver again were changed by another's hand.</param>
internal sealed record GroupRow(long Id, long Topic, long Start, long Epoch);
