namespace CloudNative.Eventing;

/// <summary>An event of a batch that was not moved and never will be, as it is. The outbox sets it aside.</summary>
/// <param name="Index">Its place in the batch, from 0.</param>
/// <param name="Reason">Why, in one line, for whoever looks at it.</param>
public readonly record struct OutboxRejection(int Index, string Reason);
