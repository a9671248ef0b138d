namespace Shop.Web.Events;

/// <summary>What is committed in a service's database and not in the log yet.</summary>
/// <param name="Name">The database.</param>
/// <param name="Waiting">How many; <see langword="null"/> when nobody can tell.</param>
/// <param name="OldestSeconds">Since when the oldest waits.</param>
/// <param name="Failing">Whether the last attempt to move them failed.</param>
public sealed record WaitingOutbox(string Name, long? Waiting, double? OldestSeconds, bool Failing);
