namespace CloudNative.Eventing;

/// <summary>How one outbox is doing.</summary>
/// <param name="Name">What logs, metrics and health call it.</param>
/// <param name="Backlog">What it holds; <see langword="null"/> when its database cannot be reached now.</param>
/// <param name="IsFailing">Whether the last attempt to move events failed; it is repeated until it works.</param>
public sealed record OutboxReport(string Name, OutboxBacklog? Backlog, bool IsFailing);
