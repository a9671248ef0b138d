using System.Text;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace CloudNative.Embedded.Events.Storage;

/// <summary>
/// A prepared statement that is used again and again, straight on SQLite's interface: the driver's commands would cost more than the
/// work itself where thousands of rows a second are written. Parameters count from 1, columns from 0. For one thread.
/// </summary>
internal sealed class Statement(sqlite3 database, sqlite3_stmt handle) : IDisposable
{
    private const int Row = 100;
    private const int Done = 101;
    private const int Null = 5;
    private const int LongestOnStack = 512;

    public Statement Bind(int index, long value)
    {
        Check(raw.sqlite3_bind_int64(handle, index, value));
        return this;
    }

    public Statement Bind(int index, long? value)
    {
        Check(value is { } number
            ? raw.sqlite3_bind_int64(handle, index, number)
            : raw.sqlite3_bind_null(handle, index));
        return this;
    }

    public Statement Bind(int index, string? value)
    {
        if (string.IsNullOrEmpty(value))
        {
            // An empty span has no address, which SQLite would take for null.
            Check(value is null ? raw.sqlite3_bind_null(handle, index) : raw.sqlite3_bind_text(handle, index, value));
            return this;
        }

        var length = Encoding.UTF8.GetMaxByteCount(value.Length);
        var text = length <= LongestOnStack ? stackalloc byte[LongestOnStack] : new byte[length];
        Check(raw.sqlite3_bind_text(handle, index, text[..Encoding.UTF8.GetBytes(value, text)]));
        return this;
    }

    public Statement Bind(int index, byte[]? value)
    {
        Check(value is null ? raw.sqlite3_bind_null(handle, index) : BindBytes(index, value));
        return this;
    }

    public Statement Bind(int index, ReadOnlySpan<byte> value)
    {
        Check(BindBytes(index, value));
        return this;
    }

    /// <summary>Moves to the next row; false after the last, when the statement is ready for its next use.</summary>
    public bool Step()
    {
        var code = raw.sqlite3_step(handle);
        if (code == Row)
        {
            return true;
        }

        raw.sqlite3_reset(handle);
        if (code != Done)
        {
            SqliteException.ThrowExceptionForRC(code, database);
        }

        return false;
    }

    /// <summary>Runs to the end and returns how many rows it changed.</summary>
    public int Run()
    {
        while (Step())
        {
        }

        return raw.sqlite3_changes(database);
    }

    /// <summary>The first column of the first row as a number; null when there is no row or no value.</summary>
    public long? Scalar()
    {
        if (!Step())
        {
            return null;
        }

        long? value = IsNull(0) ? null : Int64(0);
        Reset();
        return value;
    }

    /// <summary>Ends before the last row.</summary>
    public void Reset() => raw.sqlite3_reset(handle);

    public bool IsNull(int column) => raw.sqlite3_column_type(handle, column) == Null;

    public long Int64(int column) => raw.sqlite3_column_int64(handle, column);

    public string Text(int column) => raw.sqlite3_column_text(handle, column).utf8_to_string() ?? string.Empty;

    public string? TextOrNull(int column) => IsNull(column) ? null : Text(column);

    public byte[] Bytes(int column) => raw.sqlite3_column_blob(handle, column).ToArray();

    public byte[]? BytesOrNull(int column) => IsNull(column) ? null : Bytes(column);

    public void Dispose() => handle.Dispose();

    private int BindBytes(int index, ReadOnlySpan<byte> value) => value.IsEmpty
        ? raw.sqlite3_bind_zeroblob(handle, index, 0)
        : raw.sqlite3_bind_blob(handle, index, value);

    private void Check(int code)
    {
        if (code != 0)
        {
            SqliteException.ThrowExceptionForRC(code, database);
        }
    }
}
