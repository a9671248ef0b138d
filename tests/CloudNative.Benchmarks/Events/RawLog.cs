using System.Threading.Channels;
using Microsoft.Data.Sqlite;

namespace CloudNative.Benchmarks.Events;

/// <summary>
/// The floor: group commit on SQLite by hand. One thread takes what waits, at most 512 rows, inserts it by a prepared command, and
/// acknowledges it when the commit is on the disk. Rows of the same size with a unique index on their ids, and nothing else.
/// </summary>
internal sealed class RawLog : IAsyncDisposable
{
    private readonly Channel<(byte[] Id, byte[] Data, TaskCompletionSource Done)> _queue =
        Channel.CreateUnbounded<(byte[], byte[], TaskCompletionSource)>(new UnboundedChannelOptions { SingleReader = true });

    private readonly SqliteConnection _connection;
    private readonly Task _writing;

    public RawLog(string path)
    {
        _connection = new SqliteConnection($"Data Source={path};Pooling=False");
        _connection.Open();
        Execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL");
        Execute("CREATE TABLE event (id INTEGER PRIMARY KEY, identity BLOB NOT NULL UNIQUE, data BLOB NOT NULL)");
        _writing = Task.Factory.StartNew(Write, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    public Task AppendAsync(byte[] data)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _queue.Writer.TryWrite((Guid.CreateVersion7().ToByteArray(bigEndian: true), data, done));
        return done.Task;
    }

    public async ValueTask DisposeAsync()
    {
        _queue.Writer.Complete();
        await _writing;
        await _connection.DisposeAsync();
    }

    private void Write()
    {
        using var insert = _connection.CreateCommand();
        insert.CommandText = "INSERT INTO event (identity, data) VALUES ($identity, $data)";
        var identity = insert.Parameters.Add("$identity", SqliteType.Blob);
        var data = insert.Parameters.Add("$data", SqliteType.Blob);
        insert.Prepare();
        var group = new List<TaskCompletionSource>();
        while (_queue.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
        {
            Execute("BEGIN IMMEDIATE");
            while (group.Count < 512 && _queue.Reader.TryRead(out var item))
            {
                (identity.Value, data.Value) = (item.Id, item.Data);
                insert.ExecuteNonQuery();
                group.Add(item.Done);
            }

            Execute("COMMIT");
            group.ForEach(done => done.SetResult());
            group.Clear();
        }
    }

    private void Execute(string sql)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
