namespace Shop.Web.Events;

/// <summary>What a group has before it, whether or not a process of its service runs.</summary>
/// <param name="Topic">Where the events come from.</param>
/// <param name="Group">Whose they are: the name of the service that handles them.</param>
/// <param name="Members">How many processes take part.</param>
/// <param name="Waiting">How many are not handled for good.</param>
/// <param name="OldestSeconds">Since when the oldest waits.</param>
public sealed record WaitingGroup(string Topic, string Group, int Members, long Waiting, double? OldestSeconds);
