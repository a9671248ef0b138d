using Microsoft.Data.Sqlite;

namespace CloudNative.Embedded.Databases;

/// <summary>Tells whether two connections are on the same database.</summary>
internal static class DatabaseIdentity
{
    private static readonly StringComparison _paths =
        OperatingSystem.IsWindows() ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;

    /// <summary>
    /// The full path of an open connection's file, links resolved by SQLite; the name of a shared database in memory; null for a
    /// private one, which is nobody else's.
    /// </summary>
    public static string? Of(SqliteConnection connection)
    {
        // Once it is open, the driver answers with what SQLite says: an absolute path, or nothing for a database in memory.
        var target = new SqliteConnectionStringBuilder(connection.ConnectionString);
        if (IsInMemory(target))
        {
            return target.Cache == SqliteCacheMode.Shared || target.DataSource.Contains("cache=shared", StringComparison.OrdinalIgnoreCase)
                ? "memory:" + target.DataSource
                : null;
        }

        var file = connection.DataSource;
        return string.IsNullOrEmpty(file) ? null : Path.GetFullPath(file);
    }

    public static bool AreSame(string left, string right) => string.Equals(left, right, _paths);

    /// <summary>Whether there is a file beside which a lock can be held.</summary>
    public static bool IsFile(string identity) => !identity.StartsWith("memory:", StringComparison.Ordinal);

    private static bool IsInMemory(SqliteConnectionStringBuilder target) =>
        target.Mode == SqliteOpenMode.Memory
        || target.DataSource.Length == 0
        || target.DataSource.Equals(":memory:", StringComparison.OrdinalIgnoreCase)
        || target.DataSource.Contains("mode=memory", StringComparison.OrdinalIgnoreCase);
}
