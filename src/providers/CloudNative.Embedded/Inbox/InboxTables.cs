using CloudNative.Embedded.Databases;

namespace CloudNative.Embedded.Inbox;

/// <summary>
/// The inbox as SQLite sees it. With a rowid rather than without: rows lie in the order in which they were claimed, so that the oldest
/// are found without an index by time that every claim would have to feed.
/// </summary>
internal static class InboxTables
{
    public const int Version = 1;

    public const string Sql = """
        CREATE TABLE IF NOT EXISTS cloudnative_inbox (
            position INTEGER PRIMARY KEY,
            consumer TEXT NOT NULL, source TEXT NOT NULL, id TEXT NOT NULL, claimed INTEGER NOT NULL,
            UNIQUE (id, source, consumer));
        """;

    public static TableSet Create() => new("inbox", Version, Sql);
}
