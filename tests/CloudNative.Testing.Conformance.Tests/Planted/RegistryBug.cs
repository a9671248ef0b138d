namespace CloudNative.Testing.Conformance.Tests.Planted;

public enum RegistryBug
{
    None,
    ForgetsDeregistration,
    IgnoresReadiness,
    KeepsTheFirst,
    RemovesTheSuccessor,
    LosesMetadata,
    MindsCase,
    KnowsEverybody,
    RepeatsItself,
    TellsNobody,
}
