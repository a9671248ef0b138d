namespace CloudNative.Eventing;

/// <summary>How much a group has before it.</summary>
/// <param name="Waiting">Events stored and not settled for good: waiting, being handled, or due for another attempt.</param>
/// <param name="Oldest">When the oldest of them was stored; <see langword="null"/> when there is none.</param>
public readonly record struct EventBacklog(long Waiting, DateTimeOffset? Oldest);
