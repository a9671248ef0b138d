using System.Runtime.CompilerServices;

namespace CloudNative.Http.Leases;

/// <summary>The stream of a leased body; upgraded connections write through it too.</summary>
internal sealed class LeasedStream(Stream inner, LeasedContent lease) : Stream
{
    public override bool CanRead => inner.CanRead;

    public override bool CanSeek => inner.CanSeek;

    public override bool CanWrite => inner.CanWrite;

    public override bool CanTimeout => inner.CanTimeout;

    public override long Length => inner.Length;

    public override int ReadTimeout
    {
        get => inner.ReadTimeout;
        set => inner.ReadTimeout = value;
    }

    public override int WriteTimeout
    {
        get => inner.WriteTimeout;
        set => inner.WriteTimeout = value;
    }

    public override long Position
    {
        get => inner.Position;
        set => inner.Position = value;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        try
        {
            lease.BeginRead(CancellationToken.None).ThrowIfCancellationRequested();
            return Notice(inner.Read(buffer), buffer.Length);
        }
        catch (Exception exception)
        {
            if (lease.Fail(exception) is { } explained)
            {
                throw explained;
            }

            throw;
        }
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = inner.ReadAsync(buffer, lease.BeginRead(cancellationToken));
        return read.IsCompletedSuccessfully
            ? new ValueTask<int>(Notice(read.Result, buffer.Length))
            : NoticeAsync(read, buffer.Length);
    }

    public override async Task CopyToAsync(Stream destination, int bufferSize, CancellationToken cancellationToken)
    {
        try
        {
            await inner.CopyToAsync(destination, bufferSize, lease.BeginRead(cancellationToken)).ConfigureAwait(false);
            lease.EndRead();
            lease.End();
        }
        catch (Exception exception)
        {
            if (lease.Fail(exception) is { } explained)
            {
                throw explained;
            }

            throw;
        }
    }

    public override void Write(byte[] buffer, int offset, int count) => inner.Write(buffer, offset, count);

    public override void Write(ReadOnlySpan<byte> buffer) => inner.Write(buffer);

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        inner.WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
        inner.WriteAsync(buffer, cancellationToken);

    public override void Flush() => inner.Flush();

    public override Task FlushAsync(CancellationToken cancellationToken) => inner.FlushAsync(cancellationToken);

    public override long Seek(long offset, SeekOrigin origin) => inner.Seek(offset, origin);

    public override void SetLength(long value) => inner.SetLength(value);

    public override async ValueTask DisposeAsync()
    {
        await inner.DisposeAsync().ConfigureAwait(false);
        lease.End();
        await base.DisposeAsync().ConfigureAwait(false);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
            lease.End();
        }

        base.Dispose(disposing);
    }

    // A read of nothing into nothing waits for data and is not the end.
    private int Notice(int read, int asked)
    {
        lease.EndRead();
        if (read == 0 && asked > 0)
        {
            lease.End();
        }

        return read;
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<int> NoticeAsync(ValueTask<int> pending, int asked)
    {
        try
        {
            return Notice(await pending.ConfigureAwait(false), asked);
        }
        catch (Exception exception)
        {
            if (lease.Fail(exception) is { } explained)
            {
                throw explained;
            }

            throw;
        }
    }
}
