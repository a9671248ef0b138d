using CloudNative.Embedded.Storage;
using Microsoft.Data.Sqlite;

namespace CloudNative.Embedded.Membership;

/// <summary>
/// Counts the changes to members and instances, so that a look at one number tells whether there is anything to
/// read.
/// </summary>
internal static class Revision
{
    public static void Advance(SqliteConnection connection) =>
        connection.Execute("UPDATE counter SET value = value + 1 WHERE name = 'revision'");

    public static long Read(SqliteConnection connection) =>
        connection.Scalar("SELECT value FROM counter WHERE name = 'revision'");
}
