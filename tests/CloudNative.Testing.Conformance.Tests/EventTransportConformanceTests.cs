using CloudNative.Eventing;
using CloudNative.Testing.Conformance.Tests.Planted;

namespace CloudNative.Testing.Conformance.Tests;

public sealed class EventTransportConformanceTests
{
    [Fact]
    public async Task Suite_RightTransport_Passes() => Assert.Empty(await RunAsync(TransportBug.None));

    [Fact]
    public async Task Suite_ClaimsNothing_SkipsWhatItCannot() => Assert.Empty(
        await Facts.FailuresAsync(() => PlantedTransportSuite.With(TransportBug.None, TransportCapabilities.None)));

    [Theory]
    [InlineData(nameof(EventTransportConformance.Seek_Forward_PassesOver))]
    [InlineData(nameof(EventTransportConformance.DeadLetters_Find_GivesTheOne))]
    public async Task Suite_ClaimsWhatItHasNot_Fails(string test) => Assert.Equal([test], await Facts.FailuresAsync(
        () => PlantedTransportSuite.With(TransportBug.None, TransportCapabilities.Replay | TransportCapabilities.DeadLetters), test));

    [Fact]
    public void Suite_OfTransports_HasAtLeastEightyTests() => Assert.True(Facts.Of(typeof(EventTransportConformance)).Count() >= 80);

    [Theory]
    [InlineData(
        TransportBug.AcknowledgesBeforeItStores,
        nameof(EventTransportConformance.Append_PublisherDiesAfterTheAcknowledgement_EventIsThere))]
    [InlineData(TransportBug.NoFencing, nameof(EventTransportConformance.Resumed_SettlesLate_DoesNotCount))]
    [InlineData(TransportBug.NoFencing, nameof(EventTransportConformance.Resumed_CompletesLate_EventIsStillTheSuccessors))]
    [InlineData(TransportBug.NoFencing, nameof(EventTransportConformance.Dispose_SettledLater_DoesNotCount))]
    [InlineData(TransportBug.NoDeduplication, nameof(EventTransportConformance.Repeated_SourceAndId_IsStoredOnce))]
    [InlineData(TransportBug.NoDeduplication, nameof(EventTransportConformance.Repeated_AfterTheProcessDied_IsKnown))]
    [InlineData(TransportBug.SkipsPositions, nameof(EventTransportConformance.Append_ManyAtOnceFromTwoProcesses_PositionsAreDense))]
    [InlineData(TransportBug.LosesRetryCount, nameof(EventTransportConformance.Retry_AtOnce_ComesAgainAndCounts))]
    [InlineData(TransportBug.LosesRetryCount, nameof(EventTransportConformance.Retry_NextAttemptElsewhere_CountsOn))]
    [InlineData(TransportBug.OrderBreaksDuringRetry, nameof(EventTransportConformance.ByKey_DuringARetry_NextOfTheKeyWaits))]
    [InlineData(TransportBug.IgnoresCredits, nameof(EventTransportConformance.Credits_Spent_NothingMoreComes))]
    [InlineData(TransportBug.BatchNotAtomic, nameof(EventTransportConformance.Append_OneOfTheBatchIsRefused_StoresNothing))]
    [InlineData(TransportBug.IgnoresDelay, nameof(EventTransportConformance.Delayed_BeforeItsTime_DoesNotCome))]
    [InlineData(TransportBug.NeverRenews, nameof(EventTransportConformance.Handled_ManyTimesTheLease_StaysWithItsHandler))]
    [InlineData(TransportBug.NeverRenews, nameof(EventTransportConformance.Stop_DrainsForLong_KeepsItsLease))]
    [InlineData(TransportBug.CountsReleases, nameof(EventTransportConformance.Release_Once_ComesAgainUncounted))]
    [InlineData(TransportBug.CountsReleases, nameof(EventTransportConformance.Dispose_WithEventsOnLoan_ReleasesThemUncounted))]
    [InlineData(TransportBug.KeepsReplayedLetters, nameof(EventTransportConformance.DeadLetters_Replayed_ComeAgainAsFirstAttempts))]
    [InlineData(TransportBug.KeepsReplayedLetters, nameof(EventTransportConformance.DeadLetters_ReplayedTwice_ComeOnce))]
    [InlineData(TransportBug.EmptyIsNothing, nameof(EventTransportConformance.Append_EmptyTexts_StayEmpty))]
    [InlineData(TransportBug.EveryMemberGetsAll, nameof(EventTransportConformance.Members_OfOneGroup_ShareWithoutOverlap))]
    [InlineData(TransportBug.GrantsEndlessAttempts, nameof(EventTransportConformance.Killed_ByTheSameEventEachTime_GivesItUp))]
    [InlineData(TransportBug.SeekKeepsLeases, nameof(EventTransportConformance.Seek_WhileHandling_LosesTheLease))]
    [InlineData(TransportBug.ForgetsOnRestart, nameof(EventTransportConformance.Restart_OfEverything_KeepsEventsPlacesAndAttempts))]
    [InlineData(TransportBug.BacklogForgetsRetries, nameof(EventTransportConformance.Backlog_Always_CountsWhatIsNotSettledForGood))]
    [InlineData(TransportBug.TakesOnAfterStop, nameof(EventTransportConformance.Stop_WithEventsOnLoan_TheyCanBeSettled))]
    [InlineData(TransportBug.SilentOutage, nameof(EventTransportConformance.Broken_Subscription_SaysSoAndGoesOnByItself))]
    [InlineData(TransportBug.TellsNobodyOfLoss, nameof(EventTransportConformance.Resumed_AfterItWasTaken_LearnsThatItIsLost))]
    [InlineData(TransportBug.SettlesTwice, nameof(EventTransportConformance.Settle_Twice_Throws))]
    public async Task Suite_PlantedBug_FailsTheNamedTest(TransportBug bug, string test) =>
        Assert.Equal([test], await RunAsync(bug, test));

    private static Task<List<string>> RunAsync(TransportBug bug, string? only = null) =>
        Facts.FailuresAsync(() => PlantedTransportSuite.With(bug), only);
}
