using CloudNative.EntityFrameworkCore.Tests.Support;
using CloudNative.Testing.Conformance;
using CloudNative.TestSupport.PostgreSql;

namespace CloudNative.EntityFrameworkCore.Tests.Inbox;

public sealed class PostgreSqlInboxTests(PostgreSqlServer server) : InboxStoreConformance
{
    protected override async ValueTask<InboxSubject> CreateAsync() =>
        new ContextInboxSubject(await PostgreSqlContextDatabase.CreateAsync(server));
}
