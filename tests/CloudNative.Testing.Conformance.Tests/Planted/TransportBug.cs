namespace CloudNative.Testing.Conformance.Tests.Planted;

public enum TransportBug
{
    None,
    AcknowledgesBeforeItStores,
    NoFencing,
    NoDeduplication,
    SkipsPositions,
    LosesRetryCount,
    OrderBreaksDuringRetry,
    IgnoresCredits,
    BatchNotAtomic,
    IgnoresDelay,
    NeverRenews,
    CountsReleases,
    KeepsReplayedLetters,
    EmptyIsNothing,
    EveryMemberGetsAll,
    GrantsEndlessAttempts,
    SeekKeepsLeases,
    ForgetsOnRestart,
    BacklogForgetsRetries,
    TakesOnAfterStop,
    SilentOutage,
    TellsNobodyOfLoss,
    SettlesTwice,
}
