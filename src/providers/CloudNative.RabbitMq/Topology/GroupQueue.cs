namespace CloudNative.RabbitMq.Topology;

/// <summary>One queue of a group.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Pattern">The routing keys that reach it.</param>
/// <param name="Arguments">What it is declared with.</param>
/// <param name="IsPartition">Whether what is in it is handled one after another.</param>
internal sealed record GroupQueue(string Name, string Pattern, Dictionary<string, object?> Arguments, bool IsPartition)
{
    /// <summary>Whether it holds what the broker has given up, which goes to the stream of dead letters.</summary>
    public bool IsDead { get; init; }
}
