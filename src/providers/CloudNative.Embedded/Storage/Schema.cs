using System.Globalization;
using CloudNative.Embedded.Configuration;
using Microsoft.Data.Sqlite;

namespace CloudNative.Embedded.Storage;

/// <summary>
/// The tables of control.db and their version. A version only ever adds to the one before it, so that processes of
/// two neighbouring versions run side by side on the newer store; a store that is two versions ahead is refused.
/// </summary>
internal static class Schema
{
    public const int Version = 1;

    // "CNct"; tells our store from any other database.
    private const int ApplicationId = 0x434E6374;

    private const string Tables = """
        CREATE TABLE member (id TEXT PRIMARY KEY, socket TEXT NOT NULL) WITHOUT ROWID;
        CREATE TABLE service (name TEXT PRIMARY KEY) WITHOUT ROWID;
        CREATE TABLE instance (
            service TEXT NOT NULL, id TEXT NOT NULL, member TEXT NOT NULL, registration TEXT NOT NULL,
            ready INTEGER NOT NULL, document TEXT NOT NULL, PRIMARY KEY (service, id)) WITHOUT ROWID;
        CREATE INDEX instance_member ON instance (member);
        CREATE TABLE lease (
            name TEXT PRIMARY KEY, member TEXT NOT NULL, holder TEXT NOT NULL, token INTEGER NOT NULL,
            expires INTEGER NOT NULL) WITHOUT ROWID;
        CREATE TABLE counter (name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
        INSERT INTO counter (name, value) VALUES ('revision', 0), ('token', 0);
        """;

    /// <summary>
    /// Whether the store must be created or brought to this version. Refuses what is not ours or too new. A store
    /// without a version is judged by <see cref="Bring"/>: while another process creates it, two looks see two states.
    /// </summary>
    public static bool NeedsWork(SqliteConnection connection, string directory)
    {
        var version = connection.Scalar("PRAGMA user_version");
        if (version > Version + 1)
        {
            throw new EmbeddedStoreException(
                ErrorIds.NewerStore,
                $"The store in '{directory}' has version {version}; this service understands up to {Version + 1}. "
                + "Update CloudNative.Embedded in this service, or stop all services of the app and delete the store.");
        }

        if (version == 0)
        {
            return true;
        }

        return IsOurs(connection) ? version < Version : throw StoreErrors.Damaged(directory, null);
    }

    /// <summary>Creates the store, unless somebody else did so meanwhile. For one process at a time.</summary>
    public static void Bring(SqliteConnection connection, string directory)
    {
        if (!NeedsWork(connection, directory))
        {
            return;
        }

        if (!IsEmpty(connection))
        {
            throw StoreErrors.Damaged(directory, null);
        }

        connection.Execute("PRAGMA journal_mode = WAL");
        using var transaction = connection.BeginTransaction(deferred: false);
        connection.Execute(Tables);
        connection.Execute(string.Create(
            CultureInfo.InvariantCulture, $"PRAGMA application_id = {ApplicationId}; PRAGMA user_version = {Version}"));
        transaction.Commit();
    }

    private static bool IsOurs(SqliteConnection connection) =>
        connection.Scalar("PRAGMA application_id") == ApplicationId;

    private static bool IsEmpty(SqliteConnection connection) =>
        connection.Scalar("PRAGMA application_id") == 0 && connection.Scalar("SELECT COUNT(*) FROM sqlite_schema") == 0;
}
