namespace CloudNative.Shared.EventLog;

/// <summary>A group, and since when it has no member.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Topic">Its topic's number.</param>
/// <param name="Name">Its name in the store.</param>
/// <param name="Seen">When it last had a member, in Unix milliseconds; null while it has one.</param>
internal sealed record GroupSeen(long Id, long Topic, string Name, long? Seen);
