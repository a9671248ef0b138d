using CloudNative.EntityFrameworkCore.Tests.Support;

namespace CloudNative.EntityFrameworkCore.Tests;

public sealed class SqliteOutboxExtensionsTests : OutboxExtensionsTests
{
    private protected override ValueTask<IContextDatabase> CreateDatabaseAsync() => new(new SqliteDatabase());
}
