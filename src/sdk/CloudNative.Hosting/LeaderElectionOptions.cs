namespace CloudNative.Hosting;

/// <summary>How replicas choose their leader.</summary>
public sealed class LeaderElectionOptions
{
    /// <summary>
    /// How long a leader that died, or cannot reach the store, is waited for; 1 s to 1 h. A leader that stops hands over at once. 15 s
    /// unless set.
    /// </summary>
    public TimeSpan LeaseDuration { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>
    /// The time between two attempts to become leader, spread by a fifth to either side; 100 ms to 1 h. 2 s unless set. The work moves
    /// within <see cref="LeaseDuration"/> and this.
    /// </summary>
    public TimeSpan RetryInterval { get; set; } = TimeSpan.FromSeconds(2);
}
