namespace CloudNative.Eventing;

/// <summary>A group of a topic, whoever takes part in it.</summary>
/// <param name="Topic">The topic.</param>
/// <param name="Group">The group.</param>
/// <param name="Members">How many processes take part; 0 when what comes only waits.</param>
/// <param name="Backlog">What it has before it.</param>
public sealed record EventGroup(string Topic, string Group, int Members, EventBacklog Backlog);
