namespace CloudNative.Shared.EventLog;

/// <summary>A key of a group whose events wait behind a dead letter.</summary>
/// <param name="Key">The key.</param>
/// <param name="Partition">Its partition.</param>
/// <param name="Released">The position of its event that was sent back and is not done; null when none is.</param>
internal sealed record HeldKey(string Key, int Partition, long? Released);
