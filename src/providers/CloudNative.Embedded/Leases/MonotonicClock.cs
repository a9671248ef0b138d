namespace CloudNative.Embedded.Leases;

/// <summary>
/// Milliseconds of the machine's monotonic clock. It is the same in all processes, is never set, and starts anew with
/// the machine, when all leases end with their processes.
/// </summary>
internal static class MonotonicClock
{
    public static long Now(TimeProvider time) => (long)(time.GetTimestamp() * (1000.0 / time.TimestampFrequency));
}
