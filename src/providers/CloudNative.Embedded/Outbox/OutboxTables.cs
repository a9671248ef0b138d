using CloudNative.Embedded.Databases;

namespace CloudNative.Embedded.Outbox;

/// <summary>
/// The outbox as SQLite sees it. Positions are never used twice (AUTOINCREMENT), so that removing a row by its position is right
/// however late it happens. Rows set aside keep whatever their columns hold, readable or not.
/// </summary>
internal static class OutboxTables
{
    public const int Version = 1;

    public const string Sql = """
        CREATE TABLE IF NOT EXISTS cloudnative_outbox (
            position INTEGER PRIMARY KEY AUTOINCREMENT,
            topic TEXT NOT NULL, source TEXT NOT NULL, id TEXT NOT NULL, type TEXT NOT NULL, subject TEXT, time TEXT,
            content_type TEXT, data_schema TEXT, partition_key TEXT, trace_parent TEXT, trace_state TEXT, extensions TEXT,
            data BLOB NOT NULL, delay INTEGER NOT NULL DEFAULT 0, enqueued INTEGER NOT NULL);
        CREATE TABLE IF NOT EXISTS cloudnative_outbox_aside (
            position INTEGER PRIMARY KEY, reason TEXT NOT NULL, since INTEGER NOT NULL,
            topic, source, id, type, subject, time, content_type, data_schema, partition_key, trace_parent, trace_state, extensions,
            data, delay, enqueued);
        """;

    public static TableSet Create() => new("outbox", Version, Sql);
}
