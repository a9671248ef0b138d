using System.Globalization;
using CloudNative.Embedded.Membership;
using Microsoft.Data.Sqlite;

namespace CloudNative.Embedded.Storage;

/// <summary>Opens the database and creates it when it is new. Several processes may do so at the same moment.</summary>
internal static class StoreOpener
{
    public static SqliteConnection Open(DataDirectory directory, Schema schema, TimeSpan busyTimeout)
    {
        directory.Prepare();
        var connection = new SqliteConnection(ConnectionString(directory, schema, busyTimeout));
        try
        {
            connection.Open();
            // SQLite waits in small steps; the driver's own retry would sleep 150 ms at a time.
            connection.Execute(string.Create(
                CultureInfo.InvariantCulture, $"PRAGMA busy_timeout = {busyTimeout.TotalMilliseconds:F0}"));
            if (schema.NeedsWork(connection, directory.Path))
            {
                // Switching to WAL is the one step that SQLite does not queue for; a lock of our own lets one
                // process do it.
                using var turn = ProcessLock.WaitForTurn(
                    Path.Combine(directory.Path, Path.ChangeExtension(schema.FileName, ".lock")), busyTimeout);
                schema.Bring(connection, directory.Path);
            }

            // A crash of the machine may lose the last registrations, which died with it; leases ask for more where
            // they need it.
            connection.Execute("PRAGMA synchronous = NORMAL");
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private static string ConnectionString(DataDirectory directory, Schema schema, TimeSpan busyTimeout)
    {
        var builder = new SqliteConnectionStringBuilder
        {
            DataSource = Path.Combine(directory.Path, schema.FileName),
            Mode = SqliteOpenMode.ReadWriteCreate,
            Pooling = false,
            DefaultTimeout = (int)Math.Ceiling(busyTimeout.TotalSeconds),
        };
        return builder.ToString();
    }
}
