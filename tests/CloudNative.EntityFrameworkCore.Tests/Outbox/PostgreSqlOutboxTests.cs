using CloudNative.EntityFrameworkCore.Tests.Support;
using CloudNative.Testing.Conformance;
using CloudNative.TestSupport.PostgreSql;

namespace CloudNative.EntityFrameworkCore.Tests.Outbox;

public sealed class PostgreSqlOutboxTests(PostgreSqlServer server) : OutboxStoreConformance
{
    protected override async ValueTask<OutboxSubject> CreateAsync() =>
        new ContextOutboxSubject(await PostgreSqlContextDatabase.CreateAsync(server));
}
