namespace CloudNative.Local;

/// <summary>What one replica is doing.</summary>
public enum LocalReplicaState
{
    /// <summary>Not started yet.</summary>
    Waiting,

    /// <summary>The process runs and is not ready yet.</summary>
    Starting,

    /// <summary>The process says that it takes calls.</summary>
    Ready,

    /// <summary>The process runs, was ready, and says now that it takes no calls, or does not answer.</summary>
    NotReady,

    /// <summary>The process died; the next start waits for its backoff.</summary>
    BackingOff,

    /// <summary>The process is being stopped.</summary>
    Stopping,

    /// <summary>No process runs: it was stopped, and stays so until it is started.</summary>
    Stopped,

    /// <summary>Left out of this run; started by somebody else, from an IDE for instance.</summary>
    Elsewhere,
}
