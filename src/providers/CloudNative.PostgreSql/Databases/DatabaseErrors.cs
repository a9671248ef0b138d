using System.Net.Sockets;
using CloudNative.PostgreSql.Configuration;
using Npgsql;

namespace CloudNative.PostgreSql.Databases;

/// <summary>Turns what PostgreSQL and the way to it report into what a user can act on.</summary>
internal static class DatabaseErrors
{
    private const string Section = PostgreSqlOptions.SectionName;

    public static bool IsKnown(Exception exception) => exception
        is PostgreSqlStoreException or NpgsqlException or TimeoutException or SocketException or IOException;

    /// <param name="exception">What was thrown.</param>
    /// <param name="database">How the database is called in messages.</param>
    /// <param name="schema">The schema of our tables.</param>
    public static PostgreSqlStoreException Translate(Exception exception, string database, string schema) => exception switch
    {
        PostgreSqlStoreException known => known,
        PostgresException answer => Translate(answer, database, schema),
        NpgsqlException { InnerException: TimeoutException } or TimeoutException => IsPoolExhausted(exception)
            ? PoolExhausted(database, exception)
            : new(
                ErrorIds.NotReachable,
                $"'{database}' did not answer in time. See whether the server runs, and whether a lock or its disk keeps it waiting.",
                exception),
        NpgsqlException when IsPoolExhausted(exception) => PoolExhausted(database, exception),
        NpgsqlException or SocketException or IOException => new(
            ErrorIds.NotReachable,
            $"'{database}' cannot be reached: {Cause(exception)} See whether the server runs and whether host and port are right.",
            exception),
        _ => new(ErrorIds.Failed, $"'{database}' failed: {exception.Message}", exception),
    };

    /// <summary>Whether a statement failed because our tables or functions are not there.</summary>
    public static bool AreTablesMissing(PostgresException exception) => exception.SqlState
        is PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.InvalidSchemaName or PostgresErrorCodes.UndefinedFunction;

    public static bool IsPasswordRefused(PostgresException exception) => exception.SqlState
        is PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification;

    private static PostgreSqlStoreException Translate(PostgresException exception, string database, string schema) =>
        exception.SqlState switch
        {
            PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification => new(
                ErrorIds.LoginRefused,
                $"'{database}' refuses the login: {exception.MessageText}. Correct user and password where the connection string "
                + "comes from; a changed password is used at the next connection, without a restart.",
                exception),
            PostgresErrorCodes.InvalidCatalogName => new(
                ErrorIds.NotReachable,
                $"The server has no such database: {exception.MessageText}. Create it, or correct Database= in the connection string.",
                exception),
            PostgresErrorCodes.InsufficientPrivilege => new(
                ErrorIds.RightMissing,
                $"A right is missing in '{database}': {exception.MessageText}. As the owner of schema {schema}, run: {Grants(schema)}",
                exception),
            PostgresErrorCodes.ReadOnlySqlTransaction => new(
                ErrorIds.ReadOnly,
                $"'{database}' takes no writes ({exception.MessageText}): it is a standby, or default_transaction_read_only is on. Name "
                + "the primary: several hosts with 'Target Session Attributes=read-write' in the connection string find it.",
                exception),
            PostgresErrorCodes.TooManyConnections or PostgresErrorCodes.ConfigurationLimitExceeded => new(
                ErrorIds.TooManyConnections,
                $"'{database}' takes no more connections: {exception.MessageText}. Raise max_connections or the role's CONNECTION LIMIT, "
                + "or lower 'Maximum Pool Size' in the connection strings of its services.",
                exception),
            PostgresErrorCodes.DiskFull or PostgresErrorCodes.OutOfMemory => new(
                ErrorIds.Full,
                $"The server of '{database}' has no room left: {exception.MessageText}. Free some space; what waits goes on by itself.",
                exception),
            _ when AreTablesMissing(exception) => new(
                ErrorIds.TablesMissing,
                $"'{database}' lacks tables in schema {schema}: {exception.MessageText}. Set {Section}:"
                + $"{nameof(PostgreSqlOptions.Provision)} to {nameof(PostgreSqlProvisioning.Create)}, or run the scripts of the package.",
                exception),
            _ when exception.SqlState is [_, _, ..] state && state[..2] is "57" or "08" => new(
                ErrorIds.NotReachable,
                $"'{database}' ended the connection: {exception.MessageText}. It goes on when the server is back.",
                exception),
            _ => new(
                ErrorIds.Failed, $"'{database}' failed with {exception.SqlState}: {exception.MessageText}.", exception),
        };

    /// <summary>What a role needs that creates nothing.</summary>
    public static string Grants(string schema, string role = "<role>") =>
        $"GRANT USAGE ON SCHEMA {schema} TO {role}; "
        + $"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA {schema} TO {role}; "
        + $"GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA {schema} TO {role};";

    private static bool IsPoolExhausted(Exception exception) =>
        exception.Message.Contains("connection pool has been exhausted", StringComparison.Ordinal);

    private static PostgreSqlStoreException PoolExhausted(string database, Exception exception) => new(
        ErrorIds.TooManyConnections,
        $"All connections of this process to '{database}' are in use. Raise 'Maximum Pool Size' in the connection string, or look for "
        + "code that does not give its connections back.",
        exception);

    private static string Cause(Exception exception)
    {
        var text = (exception.InnerException ?? exception).Message;
        return text.EndsWith('.') ? text : text + ".";
    }
}
