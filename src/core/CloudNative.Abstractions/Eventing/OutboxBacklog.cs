namespace CloudNative.Eventing;

/// <summary>What an outbox holds.</summary>
/// <param name="Waiting">
/// Committed events that are not moved yet. Cheap rather than exact where rows were removed by hand; zero is exact.
/// </param>
/// <param name="Oldest">When the oldest of them was enqueued; <see langword="null"/> when there is none.</param>
/// <param name="SetAside">Events that could not be read or that no transport takes; they wait for a person.</param>
/// <param name="Version">Grows whenever an event is committed; never falls.</param>
public readonly record struct OutboxBacklog(long Waiting, DateTimeOffset? Oldest, long SetAside, long Version);
