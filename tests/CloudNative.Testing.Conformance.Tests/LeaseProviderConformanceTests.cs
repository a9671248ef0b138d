using CloudNative.Testing.Conformance.Tests.Planted;

namespace CloudNative.Testing.Conformance.Tests;

public sealed class LeaseProviderConformanceTests
{
    [Fact]
    public async Task Suite_RightLeases_Passes() => Assert.Empty(await RunAsync(LeaseBug.None));

    [Theory]
    [InlineData(LeaseBug.SharesTheLease, nameof(LeaseProviderConformance.TryAcquire_Held_GivesNothing))]
    [InlineData(LeaseBug.SharesTheLease, nameof(LeaseProviderConformance.TryAcquire_TwoRaceAHundredTimes_OneGetsIt))]
    [InlineData(LeaseBug.RepeatsTokens, nameof(LeaseProviderConformance.FencingToken_EachHolder_Grows))]
    [InlineData(LeaseBug.RepeatsTokens, nameof(LeaseProviderConformance.Paused_LongerThanDuration_GoesToTheNext))]
    [InlineData(LeaseBug.NeverExpires, nameof(LeaseProviderConformance.Paused_LongerThanDuration_GoesToTheNext))]
    [InlineData(LeaseBug.NeverRenews, nameof(LeaseProviderConformance.Held_ManyTimesItsDuration_StaysHeld))]
    [InlineData(LeaseBug.NoFencingOnRelease, nameof(LeaseProviderConformance.Release_Twice_IsHarmless))]
    [InlineData(LeaseBug.NoFencingOnRelease, nameof(LeaseProviderConformance.Resumed_AfterItWasTaken_CannotHarmItsSuccessor))]
    [InlineData(LeaseBug.NoFencingOnRenewal, nameof(LeaseProviderConformance.Resumed_AfterItWasTaken_CannotHarmItsSuccessor))]
    [InlineData(LeaseBug.NeverTellsOfLoss, nameof(LeaseProviderConformance.Resumed_AfterItExpired_LearnsThatItIsLost))]
    [InlineData(LeaseBug.TakesAnyName, nameof(LeaseProviderConformance.TryAcquire_NameOutOfRange_Throws))]
    [InlineData(LeaseBug.SharesTheLease, nameof(LeaseProviderConformance.Random_RacesPausesAndReleases_NeverTwoHolders))]
    [InlineData(LeaseBug.RepeatsTokens, nameof(LeaseProviderConformance.Random_RacesPausesAndReleases_NeverTwoHolders))]
    [InlineData(LeaseBug.NeverExpires, nameof(LeaseProviderConformance.Random_RacesPausesAndReleases_NeverTwoHolders))]
    [InlineData(LeaseBug.NeverRenews, nameof(LeaseProviderConformance.Random_RacesPausesAndReleases_NeverTwoHolders))]
    [InlineData(LeaseBug.NoFencingOnRelease, nameof(LeaseProviderConformance.Random_RacesPausesAndReleases_NeverTwoHolders))]
    [InlineData(LeaseBug.NoFencingOnRenewal, nameof(LeaseProviderConformance.Random_RacesPausesAndReleases_NeverTwoHolders))]
    [InlineData(LeaseBug.NeverTellsOfLoss, nameof(LeaseProviderConformance.Random_RacesPausesAndReleases_NeverTwoHolders))]
    public async Task Suite_PlantedBug_FailsTheNamedTest(LeaseBug bug, string test) =>
        Assert.Equal([test], await RunAsync(bug, test));

    private static Task<List<string>> RunAsync(LeaseBug bug, string? only = null) =>
        Facts.FailuresAsync(() => PlantedLeaseSuite.With(bug), only);
}
