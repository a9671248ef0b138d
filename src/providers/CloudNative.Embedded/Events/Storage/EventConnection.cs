using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Runtime.InteropServices;
using CloudNative.Embedded.Configuration;
using CloudNative.Embedded.Storage;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace CloudNative.Embedded.Events.Storage;

/// <summary>A connection to events.db with its prepared statements. For one thread at a time.</summary>
internal sealed partial class EventConnection : IDisposable
{
    public const int PageSize = 4096; // SQLite's default, and what all our stores are made with.

    private const uint Persistent = 1; // SQLITE_PREPARE_PERSISTENT
    private const int WriteAheadLogLimit = 16 * 1024 * 1024;
    private const string Library = "e_sqlite3";
    private const int HasMoved = 20; // SQLITE_FCNTL_HAS_MOVED

    private readonly SqliteConnection _connection;
    private readonly string _path;
    private readonly sqlite3 _database;
    private readonly Dictionary<string, Statement> _statements = new(new SqlComparer());

    private EventConnection(SqliteConnection connection, string path)
    {
        _connection = connection;
        _path = path;
        _database = connection.Handle!;
        Tables = new SqliteTables(this);
    }

    /// <summary>The same, as what is common to all logs uses it.</summary>
    public SqliteTables Tables { get; }

    public static EventConnection Open(DataDirectory directory, TimeSpan busyTimeout)
    {
        var connection = new EventConnection(
            StoreOpener.Open(directory, EventSchema.Schema, busyTimeout), Path.Combine(directory.Path, EventSchema.FileName));
        try
        {
            // Checkpoints are made by a thread of their own, see Checkpointer.
            connection.Execute(string.Create(
                CultureInfo.InvariantCulture,
                $"PRAGMA wal_autocheckpoint = 0; PRAGMA journal_size_limit = {WriteAheadLogLimit}; PRAGMA cache_size = -8192"));
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>The statement of a text, prepared once.</summary>
    public Statement Prepare(string sql)
    {
        if (!_statements.TryGetValue(sql, out var statement))
        {
            var code = raw.sqlite3_prepare_v3(_database, sql, Persistent, out var handle);
            SqliteException.ThrowExceptionForRC(code, _database);
            statement = new Statement(_database, handle);
            _statements.Add(sql, statement);
        }

        return statement;
    }

    public void Execute(string sql) => SqliteException.ThrowExceptionForRC(raw.sqlite3_exec(_database, sql), _database);

    /// <summary>Begins to write. A commit does not wait for the disk, see DiskSync.</summary>
    public void Begin() => Prepare("BEGIN IMMEDIATE").Run();

    public void Commit() => Prepare("COMMIT").Run();

    /// <summary>Gives up what was begun; SQLite may have done so itself.</summary>
    public void Rollback()
    {
        if (raw.sqlite3_get_autocommit(_database) == 0)
        {
            raw.sqlite3_exec(_database, "ROLLBACK");
        }
    }

    /// <summary>
    /// Throws when the file was taken away, also when another one has its name by now: what is written into an open file without a name
    /// is lost.
    /// </summary>
    public void EnsureThere()
    {
        if (IsGone())
        {
            throw new EmbeddedStoreException(
                ErrorIds.StoreGone, $"'{_path}' was taken away while it was in use. It is made again by itself; events in it are lost.");
        }
    }

    public void Dispose()
    {
        foreach (var statement in _statements.Values)
        {
            statement.Dispose();
        }

        try
        {
            _connection.Dispose();
        }
        catch (SqliteException)
        {
            // The last one out tidies the log up; when it cannot, the next one in does.
        }
    }

    // SQLite compares the file that is open with the one of that name, where the system lets somebody take an open file away.
    private bool IsGone() => raw.GetNativeLibraryName() == Library && Control(_database, null, HasMoved, out var moved) == raw.SQLITE_OK
        ? moved != 0
        : !File.Exists(_path);

    [SuppressMessage("Security", "CA5393", Justification = "SQLite's library lies beside the app, where the driver has loaded it from.")]
    [LibraryImport(Library, EntryPoint = "sqlite3_file_control", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.AssemblyDirectory | DllImportSearchPath.SafeDirectories)]
    private static partial int Control(sqlite3 database, string? name, int operation, out int result);
}
