namespace CloudNative.Deadlines;

/// <summary>
/// The time by which a piece of work has to be done, since nobody waits for it any longer. Kept as a timestamp of the host's clock, so
/// that setting the wall clock does not move it. Thread-safe.
/// </summary>
public sealed class Deadline
{
    private readonly TimeProvider _time;
    private long _timestamp;

    private Deadline(TimeProvider time, long timestamp)
    {
        _time = time;
        _timestamp = timestamp;
    }

    /// <summary>
    /// When it passes, by <see cref="TimeProvider.GetTimestamp"/> of the clock it was made with; <see cref="long.MaxValue"/> for never.
    /// </summary>
    public long Timestamp => Volatile.Read(ref _timestamp);

    /// <summary>What is left; zero once it has passed.</summary>
    public TimeSpan TimeLeft
    {
        get
        {
            var left = _time.GetElapsedTime(_time.GetTimestamp(), Timestamp);
            return left > TimeSpan.Zero ? left : TimeSpan.Zero;
        }
    }

    /// <summary>Whether it has passed.</summary>
    public bool HasPassed => _time.GetTimestamp() >= Timestamp;

    /// <summary>Makes a deadline that passes so long from now.</summary>
    /// <param name="time">The clock.</param>
    /// <param name="timeLeft">How long from now; nothing and less means that it has passed.</param>
    /// <returns>The deadline.</returns>
    public static Deadline After(TimeProvider time, TimeSpan timeLeft)
    {
        ArgumentNullException.ThrowIfNull(time);
        return new Deadline(time, TimestampAfter(time, time.GetTimestamp(), timeLeft));
    }

    /// <summary>The timestamp so long after another; the last one there is when it lies beyond.</summary>
    /// <param name="time">The clock.</param>
    /// <param name="timestamp">A timestamp of that clock.</param>
    /// <param name="duration">How much later; <see cref="Timeout.InfiniteTimeSpan"/> for never.</param>
    /// <returns>The timestamp; <see cref="long.MaxValue"/> for never.</returns>
    public static long TimestampAfter(TimeProvider time, long timestamp, TimeSpan duration)
    {
        ArgumentNullException.ThrowIfNull(time);
        var ticks = duration.TotalSeconds * time.TimestampFrequency;
        return duration == Timeout.InfiniteTimeSpan || ticks >= long.MaxValue - timestamp ? long.MaxValue : timestamp + (long)ticks;
    }

    internal void Lift() => Volatile.Write(ref _timestamp, long.MaxValue);
}
