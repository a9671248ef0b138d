using CloudNative.Testing.Conformance;

namespace CloudNative.Embedded.Tests.Outbox;

public sealed class RollbackJournalOutboxTests : OutboxStoreConformance
{
    protected override ValueTask<OutboxSubject> CreateAsync() => new(new SqliteOutboxSubject("DELETE"));
}
