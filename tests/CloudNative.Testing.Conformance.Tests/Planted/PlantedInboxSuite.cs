namespace CloudNative.Testing.Conformance.Tests.Planted;

/// <summary>The suite against an inbox with a bug.</summary>
internal abstract class PlantedInboxSuite(InboxBug bug) : InboxStoreConformance
{
    protected override TimeSpan Patience => TimeSpan.FromSeconds(3);

    protected override ValueTask<InboxSubject> CreateAsync() => new(new ModelInbox(bug));

    public static PlantedInboxSuite With(InboxBug bug) => new Suite(bug);

    private sealed class Suite(InboxBug bug) : PlantedInboxSuite(bug);
}
