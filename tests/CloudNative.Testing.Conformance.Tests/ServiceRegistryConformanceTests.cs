using CloudNative.Testing.Conformance.Tests.Planted;

namespace CloudNative.Testing.Conformance.Tests;

public sealed class ServiceRegistryConformanceTests
{
    [Fact]
    public async Task Suite_RightRegistry_Passes() => Assert.Empty(await RunAsync(RegistryBug.None));

    [Theory]
    [InlineData(RegistryBug.ForgetsDeregistration, nameof(ServiceRegistryConformance.Deregister_OneOfTwo_OtherStays))]
    [InlineData(RegistryBug.ForgetsDeregistration, nameof(ServiceRegistryConformance.Deregister_Last_LeavesNobody))]
    [InlineData(RegistryBug.IgnoresReadiness, nameof(ServiceRegistryConformance.SetReady_False_TakesInstanceOut))]
    [InlineData(RegistryBug.IgnoresReadiness, nameof(ServiceRegistryConformance.SetReady_FalseForAll_AnswersWithNobody))]
    [InlineData(RegistryBug.KeepsTheFirst, nameof(ServiceRegistryConformance.Register_SameIdAgain_Replaces))]
    [InlineData(RegistryBug.RemovesTheSuccessor, nameof(ServiceRegistryConformance.Deregister_AfterReplacement_LeavesTheReplacement))]
    [InlineData(RegistryBug.RemovesTheSuccessor, nameof(ServiceRegistryConformance.Deregister_Twice_IsHarmless))]
    [InlineData(RegistryBug.LosesMetadata, nameof(ServiceRegistryConformance.Register_AllProperties_ArriveUnchanged))]
    [InlineData(RegistryBug.MindsCase, nameof(ServiceRegistryConformance.Register_NameInOtherCase_IsTheSameService))]
    [InlineData(RegistryBug.KnowsEverybody, nameof(ServiceRegistryConformance.Watch_UnknownService_AnswersNotFound))]
    [InlineData(RegistryBug.RepeatsItself, nameof(ServiceRegistryConformance.Watch_OtherServiceChanges_SaysNothing))]
    [InlineData(RegistryBug.TellsNobody, nameof(ServiceRegistryConformance.Register_WatchIsOpen_SeesInstance))]
    public async Task Suite_PlantedBug_FailsTheNamedTest(RegistryBug bug, string test) =>
        Assert.Equal([test], await RunAsync(bug, test));

    private static Task<List<string>> RunAsync(RegistryBug bug, string? only = null) =>
        Facts.FailuresAsync(() => PlantedRegistrySuite.With(bug), only);
}
