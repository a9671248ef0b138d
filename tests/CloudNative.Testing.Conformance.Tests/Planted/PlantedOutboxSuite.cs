namespace CloudNative.Testing.Conformance.Tests.Planted;

/// <summary>The suite against an outbox with a bug.</summary>
internal abstract class PlantedOutboxSuite(OutboxBug bug) : OutboxStoreConformance
{
    protected override TimeSpan Patience => TimeSpan.FromSeconds(3);

    protected override ValueTask<OutboxSubject> CreateAsync() => new(new ModelOutbox(bug));

    public static PlantedOutboxSuite With(OutboxBug bug) => new Suite(bug);

    private sealed class Suite(OutboxBug bug) : PlantedOutboxSuite(bug);
}
