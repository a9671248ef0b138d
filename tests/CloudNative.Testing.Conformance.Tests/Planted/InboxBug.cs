namespace CloudNative.Testing.Conformance.Tests.Planted;

public enum InboxBug
{
    None,
    ServesAnything,
    AlwaysNew,
    SurvivesRollback,
    IgnoresGroup,
    IgnoresSource,
    IgnoresCase,
    DoesNotSeeItsOwn,
    ForgetsOnRestart,
    ForgetsTheYoung,
    ForgetsWithoutLimit,
}
