using CloudNative.Embedded.Storage;
using Microsoft.Data.Sqlite;

namespace CloudNative.Embedded.Membership;

/// <summary>The processes as they stand in the store.</summary>
internal static class MemberRows
{
    public static void Insert(SqliteConnection connection, Member member)
    {
        connection.Execute(
            "INSERT INTO member (id, socket) VALUES (@id, @socket)", ("@id", member.Id), ("@socket", member.Socket));
        Revision.Advance(connection);
    }

    public static List<Member> ReadAll(SqliteConnection connection) =>
        connection.Query("SELECT id, socket FROM member", row => new Member(row.GetString(0), row.GetString(1)));

    public static bool Exists(SqliteConnection connection, string id) =>
        connection.Scalar("SELECT COUNT(*) FROM member WHERE id = @id", ("@id", id)) == 1;

    /// <summary>
    /// Removes a process with all it left behind. Returns how many instances it had, or null when it was gone
    /// already.
    /// </summary>
    public static int? Remove(SqliteConnection connection, string id)
    {
        if (connection.Execute("DELETE FROM member WHERE id = @id", ("@id", id)) == 0)
        {
            return null;
        }

        var instances = connection.Execute("DELETE FROM instance WHERE member = @id", ("@id", id));
        connection.Execute("DELETE FROM lease WHERE member = @id", ("@id", id));
        Revision.Advance(connection);
        return instances;
    }

    /// <summary>
    /// Forgets which services there were unless another process is there. A name is known for as long as the app runs
    /// in some process, so that one that was renamed last week does not stand in the way of DNS today.
    /// </summary>
    public static int ForgetServicesWhenAlone(SqliteConnection connection, string id) => connection.Execute(
        """
        DELETE FROM service
        WHERE name NOT IN (SELECT service FROM instance) AND NOT EXISTS (SELECT 1 FROM member WHERE id <> @id)
        """,
        ("@id", id));
}
