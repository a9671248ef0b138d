using CloudNative.Eventing;

namespace CloudNative.Shared.EventLog;

/// <summary>An event as it was read from the log.</summary>
/// <param name="Position">Its position in the topic.</param>
/// <param name="Partition">Its partition.</param>
/// <param name="Stored">When it was stored, in Unix milliseconds.</param>
/// <param name="Due">From when it may be seen, in Unix milliseconds; 0 when always.</param>
/// <param name="Envelope">The event.</param>
/// <param name="Flaw">Why the event is not whole; null when it is.</param>
internal sealed record StoredEvent(long Position, int Partition, long Stored, long Due, EventEnvelope Envelope, string? Flaw);
