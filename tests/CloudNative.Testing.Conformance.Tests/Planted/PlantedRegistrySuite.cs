namespace CloudNative.Testing.Conformance.Tests.Planted;

/// <summary>
/// The suite against a registry with a bug. Abstract, so that its facts run only where a test calls them.
/// </summary>
internal abstract class PlantedRegistrySuite(RegistryBug bug) : ServiceRegistryConformance
{
    // What never comes must not hold the run up; the suite passes without a bug within the same time.
    protected override TimeSpan Patience => TimeSpan.FromSeconds(3);

    protected override ValueTask<RegistrySubject> CreateAsync() => new(new ModelRegistry(bug));

    public static PlantedRegistrySuite With(RegistryBug bug) => new Suite(bug);

    private sealed class Suite(RegistryBug bug) : PlantedRegistrySuite(bug);
}
