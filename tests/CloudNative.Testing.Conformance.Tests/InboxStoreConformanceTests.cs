using CloudNative.Testing.Conformance.Tests.Planted;

namespace CloudNative.Testing.Conformance.Tests;

public sealed class InboxStoreConformanceTests
{
    [Fact]
    public async Task Suite_RightInbox_Passes() => Assert.Empty(await RunAsync(InboxBug.None));

    [Theory]
    [InlineData(InboxBug.ServesAnything, nameof(InboxStoreConformance.Serves_OtherDatabase_False))]
    [InlineData(InboxBug.AlwaysNew, nameof(InboxStoreConformance.TryClaim_Twice_IsNewOnce))]
    [InlineData(InboxBug.AlwaysNew, nameof(InboxStoreConformance.TryClaim_ManyAtOnce_EachIsNewOnce))]
    [InlineData(InboxBug.SurvivesRollback, nameof(InboxStoreConformance.TryClaim_AfterARollback_IsNew))]
    [InlineData(InboxBug.SurvivesRollback, nameof(InboxStoreConformance.TryClaim_AnotherIsOpen_GoesByHowItEnds))]
    [InlineData(InboxBug.IgnoresGroup, nameof(InboxStoreConformance.TryClaim_OtherGroup_IsNew))]
    [InlineData(InboxBug.IgnoresSource, nameof(InboxStoreConformance.TryClaim_OtherSource_IsNew))]
    [InlineData(InboxBug.IgnoresCase, nameof(InboxStoreConformance.TryClaim_IdThatLooksAlike_IsNew))]
    [InlineData(InboxBug.DoesNotSeeItsOwn, nameof(InboxStoreConformance.TryClaim_TwiceInOneTransaction_IsNewOnce))]
    [InlineData(InboxBug.ForgetsOnRestart, nameof(InboxStoreConformance.TryClaim_AfterARestart_StillKnows))]
    [InlineData(InboxBug.ForgetsTheYoung, nameof(InboxStoreConformance.Forget_OldAndYoung_ForgetsTheOld))]
    [InlineData(InboxBug.ForgetsWithoutLimit, nameof(InboxStoreConformance.Forget_Many_NotMoreThanTheLimitAtOnce))]
    public async Task Suite_PlantedBug_FailsTheNamedTest(InboxBug bug, string test) =>
        Assert.Equal([test], await RunAsync(bug, test));

    private static Task<List<string>> RunAsync(InboxBug bug, string? only = null) =>
        Facts.FailuresAsync(() => PlantedInboxSuite.With(bug), only);
}
