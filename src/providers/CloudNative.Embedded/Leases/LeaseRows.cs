using CloudNative.Embedded.Storage;
using Microsoft.Data.Sqlite;

namespace CloudNative.Embedded.Leases;

/// <summary>The leases as they stand in the store.</summary>
internal static class LeaseRows
{
    public static LeaseRow? Read(SqliteConnection connection, string name) => connection.Query(
        "SELECT member, expires FROM lease WHERE name = @name",
        row => new LeaseRow(row.GetString(0), row.GetInt64(1)),
        ("@name", name)).FirstOrDefault();

    /// <summary>
    /// Takes a lease that is free or expired. The token is drawn from one counter for all names, so it outlives the
    /// row.
    /// </summary>
    public static long? TryTake(SqliteConnection connection, string name, string member, string holder, long now, long expires)
    {
        if (Read(connection, name) is { } row && row.Expires > now)
        {
            return null;
        }

        connection.Execute("UPDATE counter SET value = value + 1 WHERE name = 'token'");
        var token = connection.Scalar("SELECT value FROM counter WHERE name = 'token'");
        connection.Execute(
            """
            INSERT INTO lease (name, member, holder, token, expires) VALUES (@name, @member, @holder, @token, @expires)
            ON CONFLICT (name) DO UPDATE SET
                member = excluded.member, holder = excluded.holder, token = excluded.token, expires = excluded.expires
            """,
            ("@name", name),
            ("@member", member),
            ("@holder", holder),
            ("@token", token),
            ("@expires", expires));
        return token;
    }

    /// <summary>False when the lease has expired or somebody else holds it.</summary>
    public static bool Renew(SqliteConnection connection, string name, string holder, long now, long expires) => connection.Execute(
        "UPDATE lease SET expires = @expires WHERE name = @name AND holder = @holder AND expires > @now",
        ("@expires", expires),
        ("@name", name),
        ("@holder", holder),
        ("@now", now)) == 1;

    public static int Release(SqliteConnection connection, string name, string holder) => connection.Execute(
        "DELETE FROM lease WHERE name = @name AND holder = @holder", ("@name", name), ("@holder", holder));
}
