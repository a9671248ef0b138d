using CloudNative.EntityFrameworkCore.Tests.Support;
using CloudNative.Testing.Conformance;

namespace CloudNative.EntityFrameworkCore.Tests.Inbox;

public sealed class SqliteInboxTests : InboxStoreConformance
{
    protected override ValueTask<InboxSubject> CreateAsync() => new(new ContextInboxSubject(new SqliteDatabase()));
}
