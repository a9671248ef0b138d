using System.Globalization;
using Microsoft.Data.Sqlite;

namespace CloudNative.Embedded.Storage;

/// <summary>Statements in one line each, values always as parameters.</summary>
internal static class SqliteConnectionExtensions
{
    public static int Execute(this SqliteConnection connection, string sql, params ReadOnlySpan<(string Name, object? Value)> values)
    {
        using var command = connection.Command(sql, values);
        return command.ExecuteNonQuery();
    }

    /// <summary>The first value as a number; 0 when there is no row.</summary>
    public static long Scalar(this SqliteConnection connection, string sql, params ReadOnlySpan<(string Name, object? Value)> values)
    {
        using var command = connection.Command(sql, values);
        return Convert.ToInt64(command.ExecuteScalar() ?? 0L, CultureInfo.InvariantCulture);
    }

    public static List<T> Query<T>(
        this SqliteConnection connection,
        string sql,
        Func<SqliteDataReader, T> read,
        params ReadOnlySpan<(string Name, object? Value)> values)
    {
        using var command = connection.Command(sql, values);
        using var reader = command.ExecuteReader();
        var rows = new List<T>();
        while (reader.Read())
        {
            rows.Add(read(reader));
        }

        return rows;
    }

    private static SqliteCommand Command(
        this SqliteConnection connection, string sql, ReadOnlySpan<(string Name, object? Value)> values)
    {
        // The connection hands its open transaction to the commands that it makes.
        var command = connection.CreateCommand();
#pragma warning disable CA2100 // The text is a constant of ours at every call; what comes from outside is a parameter.
        command.CommandText = sql;
#pragma warning restore CA2100
        foreach (var (name, value) in values)
        {
            command.Parameters.AddWithValue(name, value ?? DBNull.Value);
        }

        return command;
    }
}
