namespace CloudNative.Eventing;

/// <summary>A place in a topic's log.</summary>
public readonly record struct ReplayPoint
{
    /// <summary>The position, or <see langword="null"/> when a time says it.</summary>
    public long? Position { get; private init; }

    /// <summary>The time, or <see langword="null"/> when a position says it.</summary>
    public DateTimeOffset? Time { get; private init; }

    /// <summary>
    /// The event at a position, or the first after it that is still stored; past the end means the next to be stored.
    /// </summary>
    /// <param name="position">The position, from 1; smaller ones mean the oldest event.</param>
    /// <returns>The place.</returns>
    public static ReplayPoint At(long position) => new() { Position = position };

    /// <summary>The first event that was stored at a time or later.</summary>
    /// <param name="time">The time.</param>
    /// <returns>The place.</returns>
    public static ReplayPoint Since(DateTimeOffset time) => new() { Time = time };
}
