using System.Threading.Tasks.Sources;

namespace CloudNative.Benchmarks;

/// <summary>A connection that answers each request at once from memory, so that only the client's work is measured.</summary>
internal sealed class CannedStream : Stream, IValueTaskSource<int>
{
    private static readonly byte[] Answer = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"u8.ToArray();

    private ManualResetValueTaskSourceCore<int> _reading;
    private Memory<byte> _buffer;
    private bool _isReading;
    private bool _isAnswered;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_isAnswered)
        {
            return ValueTask.FromResult(Take(buffer));
        }

        _reading.Reset();
        _buffer = buffer;
        _isReading = true;
        return new ValueTask<int>(this, _reading.Version);
    }

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        _isAnswered = true;
        if (_isReading)
        {
            _isReading = false;
            _reading.SetResult(Take(_buffer));
        }

        return ValueTask.CompletedTask;
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public int GetResult(short token) => _reading.GetResult(token);

    public ValueTaskSourceStatus GetStatus(short token) => _reading.GetStatus(token);

    public void OnCompleted(
        Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _reading.OnCompleted(continuation, state, token, flags);

    // An empty read asks whether there is anything, and takes nothing.
    private int Take(Memory<byte> buffer)
    {
        if (buffer.IsEmpty)
        {
            return 0;
        }

        _isAnswered = false;
        Answer.CopyTo(buffer);
        return Answer.Length;
    }
}
