using System.Threading.Channels;

namespace CloudNative.Http.Tests.Labs;

/// <summary>A connection whose server answers each request after some virtual time.</summary>
internal sealed class SimulatedConnection(Stream inner, TimeProvider clock, Func<TimeSpan> latency, PendingAnswers pending) : Stream
{
    private readonly Channel<byte[]> _answers = Channel.CreateUnbounded<byte[]>();
    private ITimer? _timer;
    private int _isAnswering;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (!await _answers.Reader.WaitToReadAsync(cancellationToken) || buffer.IsEmpty || !_answers.Reader.TryRead(out var answer))
        {
            return 0;
        }

        answer.CopyTo(buffer);
        return answer.Length;
    }

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        Interlocked.Exchange(ref _isAnswering, 1);
        pending.Begin();
        _timer?.Dispose();
        _timer = clock.CreateTimer(
            static connection => ((SimulatedConnection)connection!).Answer(), this, latency(), Timeout.InfiniteTimeSpan);
        return ValueTask.CompletedTask;
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        EndAnswer();
        _timer?.Dispose();
        _answers.Writer.TryComplete();
        inner.Dispose();
        base.Dispose(disposing);
    }

    // On the thread that moves the clock, so that it does not move on before this is known.
    private void Answer()
    {
        if (EndAnswer())
        {
            _answers.Writer.TryWrite("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"u8.ToArray());
        }
    }

    private bool EndAnswer()
    {
        if (Interlocked.Exchange(ref _isAnswering, 0) == 0)
        {
            return false;
        }

        pending.End();
        return true;
    }
}
