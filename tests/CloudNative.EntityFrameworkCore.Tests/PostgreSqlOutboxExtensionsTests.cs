using CloudNative.EntityFrameworkCore.Tests.Support;
using CloudNative.TestSupport.PostgreSql;

namespace CloudNative.EntityFrameworkCore.Tests;

public sealed class PostgreSqlOutboxExtensionsTests(PostgreSqlServer server) : OutboxExtensionsTests
{
    private protected override async ValueTask<IContextDatabase> CreateDatabaseAsync() =>
        await PostgreSqlContextDatabase.CreateAsync(server);
}
