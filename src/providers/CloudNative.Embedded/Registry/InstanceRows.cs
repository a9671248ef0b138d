using System.Diagnostics.CodeAnalysis;
using CloudNative.Embedded.Membership;
using CloudNative.Embedded.Storage;
using Microsoft.Data.Sqlite;

namespace CloudNative.Embedded.Registry;

/// <summary>
/// The registrations as they stand in the store. Service names are compared without case, so they are kept in lower
/// case.
/// </summary>
internal static class InstanceRows
{
    public static bool Put(SqliteConnection connection, string member, InstanceRow row)
    {
        var service = Key(row.Instance.Service);
        connection.Execute("INSERT INTO service (name) VALUES (@service) ON CONFLICT DO NOTHING", ("@service", service));
        connection.Execute(
            """
            INSERT INTO instance (service, id, member, registration, ready, document)
            VALUES (@service, @id, @member, @registration, @ready, @document)
            ON CONFLICT (service, id) DO UPDATE SET
                member = excluded.member, registration = excluded.registration,
                ready = excluded.ready, document = excluded.document
            """,
            ("@service", service),
            ("@id", row.Instance.Id),
            ("@member", member),
            ("@registration", row.Registration),
            ("@ready", row.Ready),
            ("@document", InstanceJson.Write(row.Instance)));
        Revision.Advance(connection);
        return true;
    }

    /// <summary>False when another registration has taken the id over.</summary>
    public static bool SetReady(SqliteConnection connection, InstanceRow row) => Changed(connection, connection.Execute(
        """
        UPDATE instance SET ready = @ready
        WHERE service = @service AND id = @id AND registration = @registration AND ready <> @ready
        """,
        ("@ready", row.Ready),
        ("@service", Key(row.Instance.Service)),
        ("@id", row.Instance.Id),
        ("@registration", row.Registration)));

    /// <summary>False when it was gone already, or another registration has taken the id over.</summary>
    public static bool Delete(SqliteConnection connection, InstanceRow row) => Changed(connection, connection.Execute(
        "DELETE FROM instance WHERE service = @service AND id = @id AND registration = @registration",
        ("@service", Key(row.Instance.Service)),
        ("@id", row.Instance.Id),
        ("@registration", row.Registration)));

    /// <summary>
    /// The documents of the instances that take calls, in the order of their ids; null when nobody knows the
    /// service.
    /// </summary>
    public static List<string>? ReadReady(SqliteConnection connection, string service)
    {
        var key = Key(service);
        var documents = connection.Query(
            "SELECT document FROM instance WHERE service = @service AND ready = 1 ORDER BY id",
            row => row.GetString(0),
            ("@service", key));
        return documents.Count > 0 || IsKnown(connection, key) ? documents : null;
    }

    private static bool IsKnown(SqliteConnection connection, string key) =>
        connection.Scalar("SELECT COUNT(*) FROM service WHERE name = @service", ("@service", key)) > 0;

    private static bool Changed(SqliteConnection connection, int rows)
    {
        if (rows > 0)
        {
            Revision.Advance(connection);
        }

        return rows > 0;
    }

    [SuppressMessage("Globalization", "CA1308", Justification = "Host names are written in lower case (RFC 4343).")]
    private static string Key(string service) => service.ToLowerInvariant();
}
