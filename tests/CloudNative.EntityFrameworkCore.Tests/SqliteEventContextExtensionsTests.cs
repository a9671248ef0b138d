using CloudNative.EntityFrameworkCore.Tests.Support;

namespace CloudNative.EntityFrameworkCore.Tests;

public sealed class SqliteEventContextExtensionsTests : EventContextExtensionsTests
{
    private protected override ValueTask<IContextDatabase> CreateDatabaseAsync() => new(new SqliteDatabase());
}
