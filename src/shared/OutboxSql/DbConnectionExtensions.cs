using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace CloudNative.Shared.OutboxSql;

/// <summary>
/// Statements whose parameters are <c>@0</c>, <c>@1</c>, and so on. Texts are ours; what users give is a parameter.
/// </summary>
internal static class DbConnectionExtensions
{
    [SuppressMessage("Security", "CA2100", Justification = "Made of constants and of the names of our own tables.")]
    public static DbCommand Command(
        this DbConnection connection, DbTransaction? transaction, string sql, params ReadOnlySpan<object?> values)
    {
        var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = sql;
        for (var index = 0; index < values.Length; index++)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = string.Create(CultureInfo.InvariantCulture, $"@{index}");
            parameter.Value = values[index] ?? DBNull.Value;
            command.Parameters.Add(parameter);
        }

        return command;
    }

    public static async ValueTask<int> ExecuteAsync(this DbCommand command, CancellationToken cancellationToken)
    {
        await using (command.ConfigureAwait(false))
        {
            return await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>The number that a query answers; 0 where it answers nothing.</summary>
    public static async ValueTask<long> ScalarAsync(this DbCommand command, CancellationToken cancellationToken)
    {
        await using (command.ConfigureAwait(false))
        {
            var value = await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false);
            return value is null or DBNull ? 0 : Convert.ToInt64(value, CultureInfo.InvariantCulture);
        }
    }
}
