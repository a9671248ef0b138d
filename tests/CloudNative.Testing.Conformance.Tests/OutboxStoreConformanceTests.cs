using CloudNative.Testing.Conformance.Tests.Planted;

namespace CloudNative.Testing.Conformance.Tests;

public sealed class OutboxStoreConformanceTests
{
    [Fact]
    public async Task Suite_RightOutbox_Passes() => Assert.Empty(await RunAsync(OutboxBug.None));

    [Theory]
    [InlineData(OutboxBug.ServesAnything, nameof(OutboxStoreConformance.Serves_OtherDatabase_False))]
    [InlineData(OutboxBug.SeesOpenTransactions, nameof(OutboxStoreConformance.Enqueue_NotCommittedYet_IsNotMoved))]
    [InlineData(OutboxBug.PublishesRolledBack, nameof(OutboxStoreConformance.Enqueue_RolledBack_IsNeverMoved))]
    [InlineData(OutboxBug.RemovesBeforeRelaying, nameof(OutboxStoreConformance.Drain_TransportFails_KeepsEventsInOrder))]
    [InlineData(OutboxBug.RemovesBeforeRelaying, nameof(OutboxStoreConformance.Drain_EndsBetweenAppendAndRemoval_MovesTheSameAgain))]
    [InlineData(OutboxBug.NeverRemoves, nameof(OutboxStoreConformance.Enqueue_Committed_IsMovedOnce))]
    [InlineData(OutboxBug.Reorders, nameof(OutboxStoreConformance.Drain_SeveralTransactions_KeepsTheOrder))]
    [InlineData(OutboxBug.HoldsTransactionWhileRelaying, nameof(OutboxStoreConformance.Drain_WhileTheTransportWorks_OthersWrite))]
    [InlineData(OutboxBug.DrainsTwiceAtATime, nameof(OutboxStoreConformance.Drain_TwoProcesses_MoveEachEventOnceInOrder))]
    [InlineData(OutboxBug.LosesTraceContext, nameof(OutboxStoreConformance.Enqueue_AllAttributes_TravelUnchanged))]
    [InlineData(OutboxBug.ReadsAllAtOnce, nameof(OutboxStoreConformance.Drain_ManyEvents_InBoundedBatches))]
    [InlineData(OutboxBug.ForgetsRejected, nameof(OutboxStoreConformance.Drain_EventRefusedForGood_IsSetAside))]
    [InlineData(OutboxBug.StopsAtUnreadable, nameof(OutboxStoreConformance.Drain_UnreadableRow_HoldsUpNobody))]
    [InlineData(OutboxBug.WakesForNobodyElse, nameof(OutboxStoreConformance.Wait_CommitElsewhere_Completes))]
    [InlineData(OutboxBug.WakesForRollbacks, nameof(OutboxStoreConformance.Wait_RolledBack_GoesOn))]
    [InlineData(OutboxBug.NeverGrows, nameof(OutboxStoreConformance.Backlog_AsEventsComeAndGo_Follows))]
    public async Task Suite_PlantedBug_FailsTheNamedTest(OutboxBug bug, string test) =>
        Assert.Equal([test], await RunAsync(bug, test));

    private static Task<List<string>> RunAsync(OutboxBug bug, string? only = null) =>
        Facts.FailuresAsync(() => PlantedOutboxSuite.With(bug), only);
}
