using Npgsql;

namespace CloudNative.PostgreSql.Databases;

#pragma warning disable CA2100 // The text is ours at every call; what comes from outside is a parameter, or a checked name of a schema.
internal static class NpgsqlConnectionExtensions
{
    /// <summary>Runs a text of one or several statements that take no parameters.</summary>
    public static async Task<int> ExecuteAsync(this NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        var command = new NpgsqlCommand(sql, connection);
        await using (command.ConfigureAwait(false))
        {
            return await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>The one value that a statement gives.</summary>
    public static async Task<T> ScalarAsync<T>(this NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        var command = new NpgsqlCommand(sql, connection);
        await using (command.ConfigureAwait(false))
        {
            return (T)(await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false))!;
        }
    }

    /// <summary>The role of the connection, quoted for a statement.</summary>
    public static string QuotedUser(this NpgsqlConnection connection) =>
        $"\"{connection.UserName?.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
#pragma warning restore CA2100
