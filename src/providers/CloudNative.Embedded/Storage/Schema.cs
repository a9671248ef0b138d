using System.Globalization;
using Microsoft.Data.Sqlite;

namespace CloudNative.Embedded.Storage;

/// <summary>
/// The tables of one of our databases and their version. A version only ever adds to the one before it, so that processes of
/// two neighbouring versions run side by side on the newer store; a store that is two versions ahead is refused.
/// </summary>
internal sealed record Schema
{
    /// <summary>The name of the file in the data directory.</summary>
    public required string FileName { get; init; }

    /// <summary>Tells our store from any other database.</summary>
    public required int ApplicationId { get; init; }

    public required int Version { get; init; }

    /// <summary>What has to be said before the first table is made.</summary>
    public string Preparation { get; init; } = string.Empty;

    public required string Tables { get; init; }

    /// <summary>What to do when the file is damaged or not ours.</summary>
    public required string WhenDamaged { get; init; }

    /// <summary>What to do when the file was written by a version before this one.</summary>
    public required string WhenOlder { get; init; }

    /// <summary>What to do when the file was written by a version that is two or more ahead.</summary>
    public required string WhenNewer { get; init; }

    /// <summary>
    /// Whether the store must be created or brought to this version. Refuses what is not ours or too new. A store
    /// without a version is judged by <see cref="Bring"/>: while another process creates it, two looks see two states.
    /// </summary>
    public bool NeedsWork(SqliteConnection connection, string directory)
    {
        var version = connection.Scalar("PRAGMA user_version");
        if (version > Version + 1)
        {
            throw StoreErrors.Newer(directory, this, version);
        }

        if (version == 0)
        {
            return true;
        }

        return IsOurs(connection) ? version < Version : throw StoreErrors.Damaged(directory, this, null);
    }

    /// <summary>Creates the store, unless somebody else did so meanwhile. For one process at a time.</summary>
    public void Bring(SqliteConnection connection, string directory)
    {
        if (!NeedsWork(connection, directory))
        {
            return;
        }

        if (IsOurs(connection) && connection.Scalar("PRAGMA user_version") is var version and > 0)
        {
            throw StoreErrors.Older(directory, this, version);
        }

        if (!IsEmpty(connection))
        {
            throw StoreErrors.Damaged(directory, this, null);
        }

        connection.Execute($"{Preparation} PRAGMA journal_mode = WAL");
        using var transaction = connection.BeginTransaction(deferred: false);
        connection.Execute(Tables);
        connection.Execute(string.Create(
            CultureInfo.InvariantCulture, $"PRAGMA application_id = {ApplicationId}; PRAGMA user_version = {Version}"));
        transaction.Commit();
    }

    private static bool IsEmpty(SqliteConnection connection) =>
        connection.Scalar("PRAGMA application_id") == 0 && connection.Scalar("SELECT COUNT(*) FROM sqlite_schema") == 0;

    private bool IsOurs(SqliteConnection connection) => connection.Scalar("PRAGMA application_id") == ApplicationId;
}
