namespace CloudNative.Shared.EventLog;

/// <summary>What decides where a dead letter goes.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Group">The number of its group, which may be forgotten.</param>
/// <param name="Position">Its position.</param>
/// <param name="Partition">Its partition.</param>
/// <param name="Key">Its key.</param>
/// <param name="IsWaiting">Whether it waits behind an earlier one.</param>
internal sealed record LetterRow(long Id, long Group, long Position, int Partition, string? Key, bool IsWaiting);
