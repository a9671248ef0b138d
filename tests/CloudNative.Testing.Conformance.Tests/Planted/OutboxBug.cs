namespace CloudNative.Testing.Conformance.Tests.Planted;

public enum OutboxBug
{
    None,
    ServesAnything,
    SeesOpenTransactions,
    PublishesRolledBack,
    RemovesBeforeRelaying,
    NeverRemoves,
    Reorders,
    HoldsTransactionWhileRelaying,
    DrainsTwiceAtATime,
    LosesTraceContext,
    ReadsAllAtOnce,
    ForgetsRejected,
    StopsAtUnreadable,
    WakesForNobodyElse,
    WakesForRollbacks,
    NeverGrows,
}
