namespace CloudNative.Testing.Agent.Outbox;

/// <summary>What a process with an outbox does, and where it ends.</summary>
public enum Role
{
    /// <summary>Places orders and relays their events.</summary>
    Ordering,

    /// <summary>The same, but it dies with a batch read and before the log has it.</summary>
    OrderingDiesBeforeAppend,

    /// <summary>The same, but it dies when the log has the batch and before the outbox forgets it.</summary>
    OrderingDiesAfterAppend,

    /// <summary>Handles the events of orders, each effect in one transaction with its claim.</summary>
    Shipping,

    /// <summary>The same, but it dies when the effect is committed and before the log is told.</summary>
    ShippingDiesAfterCommit,
}
