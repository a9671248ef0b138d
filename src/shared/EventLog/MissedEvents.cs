namespace CloudNative.Shared.EventLog;

/// <summary>Events that were removed for their age before a group had handled them.</summary>
/// <param name="Group">The group.</param>
/// <param name="Count">How many.</param>
internal readonly record struct MissedEvents(string Group, int Count);
