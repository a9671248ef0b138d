namespace CloudNative.Testing.Conformance.Tests.Planted;

/// <summary>The suite against leases with a bug.</summary>
internal abstract class PlantedLeaseSuite(LeaseBug bug) : LeaseProviderConformance
{
    protected override TimeSpan Patience => TimeSpan.FromSeconds(3);

    // Enough that each bug has its occasion, whatever the seed.
    protected override int RandomRuns => 2_000;

    protected override ValueTask<LeaseSubject> CreateAsync() => new(new ModelLeases(bug));

    public static PlantedLeaseSuite With(LeaseBug bug) => new Suite(bug);

    private sealed class Suite(LeaseBug bug) : PlantedLeaseSuite(bug);
}
