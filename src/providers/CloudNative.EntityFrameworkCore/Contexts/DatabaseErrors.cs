using System.Data.Common;
using CloudNative.EntityFrameworkCore.Configuration;
using CloudNative.Eventing;

namespace CloudNative.EntityFrameworkCore.Contexts;

/// <summary>Turns what a database reports into what a user can act on.</summary>
internal static class DatabaseErrors
{
    // https://www.postgresql.org/docs/15/errcodes-appendix.html
    private const string UndefinedTable = "42P01";
    private const string UndefinedSchema = "3F000";

    // SQLite reports a general error, and the table in its text.
    private const string NoSuchTable = "no such table";

    public static bool IsTableMissing(DbException exception) =>
        exception.SqlState is UndefinedTable or UndefinedSchema
        || exception.Message.Contains(NoSuchTable, StringComparison.OrdinalIgnoreCase);

    public static EventTransportException Translate(DbException exception, string context) => IsTableMissing(exception)
        ? new EventTransportException(
            $"{ErrorIds.TablesMissing} The database of {context} has no tables for outbox and inbox: {exception.Message} "
            + $"Add them by a migration (dotnet ef migrations add CloudNativeEvents --context {context}) and apply it.",
            exception)
        : new EventTransportException(
            $"{ErrorIds.DatabaseFailed} The outbox of {context} cannot be reached: {exception.Message} "
            + "Look at the database and at its connection string; events wait meanwhile.",
            exception);

    public static EventTransportException TablesTooNew(string context, string tables, long version, int known) => new(
        $"{ErrorIds.TablesTooNew} The {tables} of {context} has version {version}; this service understands up to {known + 1}. "
        + "Update CloudNative.EntityFrameworkCore in this service.");

    public static EventTransportException UnknownDatabase(string context, string? provider) => new(
        $"{ErrorIds.UnknownDatabase} {context} uses '{provider}'; outbox and inbox know SQLite and PostgreSQL "
        + "(Microsoft.EntityFrameworkCore.Sqlite, Npgsql.EntityFrameworkCore.PostgreSQL).");

    public static EventTransportException PrivateDatabase(string context) => new(
        $"{ErrorIds.PrivateDatabase} {context} uses a private database in memory, which the relay cannot see. "
        + "Name a file, or in tests 'Data Source=<name>;Mode=Memory;Cache=Shared'.");

    public static InvalidOperationException NotInTheModel(Type context) => new(
        $"{ErrorIds.NotInTheModel} The model of {context.Name} has no tables for outbox and inbox. "
        + "Call modelBuilder.AddCloudNativeEvents() in OnModelCreating, and add a migration.");

    public static InvalidOperationException NotNamed(Type context) => new(
        $"{ErrorIds.NotNamed} {context.Name} was not named as an outbox, so nobody would move what is written there. "
        + $"Say so where events are configured: cloud.Events.UseEntityFrameworkOutbox<{context.Name}>().");
}
