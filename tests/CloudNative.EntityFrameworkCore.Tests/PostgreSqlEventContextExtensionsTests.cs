using CloudNative.EntityFrameworkCore.Tests.Support;
using CloudNative.TestSupport.PostgreSql;

namespace CloudNative.EntityFrameworkCore.Tests;

public sealed class PostgreSqlEventContextExtensionsTests(PostgreSqlServer server) : EventContextExtensionsTests
{
    private protected override async ValueTask<IContextDatabase> CreateDatabaseAsync() =>
        await PostgreSqlContextDatabase.CreateAsync(server);
}
