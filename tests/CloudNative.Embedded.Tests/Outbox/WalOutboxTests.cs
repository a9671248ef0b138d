using CloudNative.Testing.Conformance;

namespace CloudNative.Embedded.Tests.Outbox;

public sealed class WalOutboxTests : OutboxStoreConformance
{
    protected override ValueTask<OutboxSubject> CreateAsync() => new(new SqliteOutboxSubject("WAL"));
}
