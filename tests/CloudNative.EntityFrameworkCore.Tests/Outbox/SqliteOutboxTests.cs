using CloudNative.EntityFrameworkCore.Tests.Support;
using CloudNative.Testing.Conformance;

namespace CloudNative.EntityFrameworkCore.Tests.Outbox;

public sealed class SqliteOutboxTests : OutboxStoreConformance
{
    protected override ValueTask<OutboxSubject> CreateAsync() => new(new ContextOutboxSubject(new SqliteDatabase()));
}
