namespace CloudNative.Embedded.Membership;

/// <summary>What a look at another process's lock shows.</summary>
internal enum LockState
{
    /// <summary>The process lives, or somebody else is looking right now.</summary>
    Held,

    /// <summary>The process is gone.</summary>
    Free,

    /// <summary>There is no such file; its owner took it away when it left.</summary>
    Missing,
}
