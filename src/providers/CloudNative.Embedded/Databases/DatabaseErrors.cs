using CloudNative.Embedded.Configuration;
using CloudNative.Eventing;
using Microsoft.Data.Sqlite;

namespace CloudNative.Embedded.Databases;

/// <summary>Turns what SQLite reports of the service's own database into what a user can act on.</summary>
internal static class DatabaseErrors
{
    // SQLite's result codes, https://www.sqlite.org/rescode.html
    private const int Busy = 5;
    private const int Locked = 6;
    private const int Full = 13;

    public static bool IsBusy(SqliteException exception) => exception.SqliteErrorCode is Busy or Locked;

    public static EventTransportException Translate(SqliteException exception, string name) => new(
        $"{ErrorIds.DatabaseFailed} The outbox in '{name}' cannot be reached: {exception.Message} {Cure(exception)}", exception);

    public static EventTransportException NotShared() => new(
        $"{ErrorIds.PrivateDatabase} A private database in memory cannot hold an outbox: nobody but its one connection sees it. "
        + "Name a file in UseSqliteOutbox, or in tests 'Data Source=<name>;Mode=Memory;Cache=Shared'.");

    public static EventTransportException BadConnectionString(ArgumentException exception) => new(
        $"{ErrorIds.PrivateDatabase} The connection string of the outbox is none of Microsoft.Data.Sqlite: {exception.Message}", exception);

    public static EventTransportException TablesMissing(string name, string tables) => new(
        $"{ErrorIds.TablesMissing} The database '{name}' has no tables for the {tables}. Add them by a migration, or set "
        + $"{SqliteOutboxOptions.SectionName}:{nameof(SqliteOutboxOptions.Provisioning)} to Create.");

    public static EventTransportException TablesTooNew(string name, string tables, long version, int known) => new(
        $"{ErrorIds.TablesTooNew} The {tables} in '{name}' has version {version}; this service understands up to {known + 1}. "
        + "Update CloudNative.Embedded in this service.");

    private static string Cure(SqliteException exception) => exception.SqliteErrorCode switch
    {
        Busy or Locked => "Look for a transaction that stays open.",
        Full => "Free some space; events wait meanwhile.",
        _ => "Look at the file, its directory and their permissions.",
    };
}
