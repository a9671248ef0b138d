namespace Shop.Web.Panel;

/// <summary>What an instance is doing, in the words of the panel.</summary>
public enum ReplicaState
{
    /// <summary>Not known: the engine does not answer.</summary>
    Unknown,

    /// <summary>Takes requests.</summary>
    Ready,

    /// <summary>On its way up.</summary>
    Starting,

    /// <summary>Died; is started again soon.</summary>
    Dead,

    /// <summary>Runs, and says that it takes none.</summary>
    NotReady,

    /// <summary>Finishes what it has begun.</summary>
    Stopping,

    /// <summary>Does not run until somebody starts it.</summary>
    Stopped,
}
