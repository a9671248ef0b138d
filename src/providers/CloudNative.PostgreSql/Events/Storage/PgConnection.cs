using System.Diagnostics.CodeAnalysis;
using CloudNative.PostgreSql.Databases;
using Npgsql;
using NpgsqlTypes;

namespace CloudNative.PostgreSql.Events.Storage;

/// <summary>
/// The connection of one thread. It is taken from the pool at the first use, and again after it was lost. For one thread at a time.
/// </summary>
/// <param name="database">Where it comes from.</param>
internal sealed class PgConnection(PostgreSqlDatabase database) : IDisposable
{
    private NpgsqlConnection? _connection;

    public string Schema => database.Schema;

    /// <summary>A statement with its parameters by number.</summary>
    [SuppressMessage("Security", "CA2100", Justification = "The text is ours; what comes from outside is a parameter, or a checked name.")]
    public NpgsqlCommand Command(string sql, params ReadOnlySpan<object?> parameters)
    {
        var command = new NpgsqlCommand(sql, Open());
        foreach (var value in parameters)
        {
            command.Parameters.Add(Parameter(value));
        }

        return command;
    }

    public int Run(string sql, params ReadOnlySpan<object?> parameters)
    {
        using var command = Command(sql, parameters);
        return command.ExecuteNonQuery();
    }

    /// <summary>The one value that a statement gives; null when it gives no row or a null.</summary>
    public long? Number(string sql, params ReadOnlySpan<object?> parameters)
    {
        using var command = Command(sql, parameters);
        return command.ExecuteScalar() as long?;
    }

    public List<T> Read<T>(Func<NpgsqlDataReader, T> read, string sql, params ReadOnlySpan<object?> parameters)
    {
        using var command = Command(sql, parameters);
        using var rows = command.ExecuteReader();
        var found = new List<T>();
        while (rows.Read())
        {
            found.Add(read(rows));
        }

        return found;
    }

    public T? First<T>(Func<NpgsqlDataReader, T> read, string sql, params ReadOnlySpan<object?> parameters)
        where T : class
    {
        using var command = Command(sql, parameters);
        using var rows = command.ExecuteReader();
        return rows.Read() ? read(rows) : null;
    }

    public NpgsqlTransaction Begin(System.Data.IsolationLevel level = System.Data.IsolationLevel.ReadCommitted) =>
        Open().BeginTransaction(level);

    /// <summary>Gives the connection back; one that failed, or is not needed for a while.</summary>
    public void Release()
    {
        _connection?.Dispose();
        _connection = null;
    }

    public void Dispose() => Release();

    private NpgsqlConnection Open()
    {
        if (_connection is { FullState: System.Data.ConnectionState.Open })
        {
            return _connection;
        }

        Release();
        return _connection = database.Open();
    }

    private static NpgsqlParameter Parameter(object? value) => value switch
    {
        null => new NpgsqlParameter { Value = DBNull.Value },
        long number => new NpgsqlParameter<long> { TypedValue = number, NpgsqlDbType = NpgsqlDbType.Bigint },
        int number => new NpgsqlParameter<int> { TypedValue = number, NpgsqlDbType = NpgsqlDbType.Integer },
        bool truth => new NpgsqlParameter<bool> { TypedValue = truth, NpgsqlDbType = NpgsqlDbType.Boolean },
        string text => new NpgsqlParameter<string> { TypedValue = text, NpgsqlDbType = NpgsqlDbType.Text },
        byte[] bytes => new NpgsqlParameter<byte[]> { TypedValue = bytes, NpgsqlDbType = NpgsqlDbType.Bytea },
        NpgsqlParameter made => made,
        long[] numbers => new NpgsqlParameter<long[]> { TypedValue = numbers, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bigint },
        int[] numbers => new NpgsqlParameter<int[]> { TypedValue = numbers, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Integer },
        short[] numbers => new NpgsqlParameter<short[]>
        {
            TypedValue = numbers,
            NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Smallint,
        },
        bool[] truths => new NpgsqlParameter<bool[]> { TypedValue = truths, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Boolean },
        byte[]?[] bytes => new NpgsqlParameter<byte[]?[]>
        {
            TypedValue = bytes,
            NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bytea,
        },
        _ => throw new ArgumentException($"No parameter is made of {value.GetType()}.", nameof(value)),
    };
}
