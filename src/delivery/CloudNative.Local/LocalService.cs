namespace CloudNative.Local;

/// <summary>One service of the running app, as it was at one moment.</summary>
/// <param name="Name">The service's name.</param>
/// <param name="Replicas">Its replicas, by number.</param>
public sealed record LocalService(string Name, IReadOnlyList<LocalReplica> Replicas);
