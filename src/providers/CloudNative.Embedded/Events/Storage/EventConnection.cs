using System.Globalization;
using CloudNative.Embedded.Storage;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace CloudNative.Embedded.Events.Storage;

/// <summary>A connection to events.db with its prepared statements. For one thread at a time.</summary>
internal sealed class EventConnection : IDisposable
{
    public const int PageSize = 4096; // SQLite's default, and what all our stores are made with.

    private const uint Persistent = 1; // SQLITE_PREPARE_PERSISTENT
    private const int WriteAheadLogLimit = 16 * 1024 * 1024;

    private readonly SqliteConnection _connection;
    private readonly sqlite3 _database;
    private readonly Dictionary<string, Statement> _statements = new(new SqlComparer());

    private EventConnection(SqliteConnection connection)
    {
        _connection = connection;
        _database = connection.Handle!;
    }

    public static EventConnection Open(DataDirectory directory, TimeSpan busyTimeout)
    {
        var connection = new EventConnection(StoreOpener.Open(directory, EventSchema.Schema, busyTimeout));
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
}
