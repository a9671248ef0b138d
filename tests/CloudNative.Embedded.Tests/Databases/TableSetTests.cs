using CloudNative.Embedded.Inbox;
using CloudNative.Embedded.Outbox;

namespace CloudNative.Embedded.Tests.Databases;

public sealed class TableSetTests
{
    [Fact]
    public void Sql_OfOutboxAndInbox_IsWhatTheDocumentationTellsMigrationsToRun()
    {
        var page = Words(File.ReadAllText(Path.Combine(Root(), "docs", "providers", "embedded.md")));
        Assert.Contains(Words(OutboxTables.Sql), page, StringComparison.Ordinal);
        Assert.Contains(Words(InboxTables.Sql), page, StringComparison.Ordinal);
        Assert.Contains($"('outbox', {OutboxTables.Version}), ('inbox', {InboxTables.Version})", page, StringComparison.Ordinal);
    }

    private static string Words(string text) =>
        string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static string Root()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(directory.FullName, "CloudNative.Sdk.sln")))
        {
            directory = directory.Parent!;
        }

        return directory.FullName;
    }
}
