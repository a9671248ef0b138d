namespace CloudNative.Eventing;

/// <summary>How many events are on their way in one place.</summary>
/// <param name="Ready">
/// Those that are waiting to be handled or moved, or are just being: for a transport once for each group that has members here.
/// </param>
/// <param name="Scheduled">Those that are due later, by the host's clock.</param>
/// <param name="Version">Grows whenever something becomes ready; never falls.</param>
public readonly record struct PendingEvents(long Ready, long Scheduled, long Version);
