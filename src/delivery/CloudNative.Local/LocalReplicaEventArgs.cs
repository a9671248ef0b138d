namespace CloudNative.Local;

/// <summary>A replica changed its state.</summary>
/// <param name="replica">The replica after the change.</param>
public sealed class LocalReplicaEventArgs(LocalReplica replica) : EventArgs
{
    /// <summary>The replica after the change.</summary>
    public LocalReplica Replica { get; } = replica;
}
