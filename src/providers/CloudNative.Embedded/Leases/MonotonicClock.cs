namespace CloudNative.Embedded.Leases;

/// <summary>
/// Milliseconds of the machine's monotonic clock. It is the same in all processes, is never set, and starts anew with
/// the machine, when all leases end with their processes.
/// </summary>
internal static class MonotonicClock
{
    public static long ToMilliseconds(TimeProvider timeProvider, long timestamp) =>
        (long)(timestamp * (1000.0 / timeProvider.TimestampFrequency));
}
