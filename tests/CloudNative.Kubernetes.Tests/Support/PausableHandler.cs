namespace CloudNative.Kubernetes.Tests.Support;

/// <summary>Holds back what watches tell while its process is paused: a process that is stopped by a signal reads nothing.</summary>
internal sealed class PausableHandler(HttpMessageHandler inner) : DelegatingHandler(inner)
{
    private volatile TaskCompletionSource? _pause;

    public void Pause() => _pause ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Resume()
    {
        _pause?.TrySetResult();
        _pause = null;
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken);
        if (request.RequestUri!.Query.Contains("watch=1", StringComparison.Ordinal) && response.IsSuccessStatusCode)
        {
            response.Content = new StreamContent(new Body(this, await response.Content.ReadAsStreamAsync(cancellationToken)));
        }

        return response;
    }

    private sealed class Body(PausableHandler handler, Stream inner) : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var count = await inner.ReadAsync(buffer, cancellationToken);
            while (handler._pause is { } pause)
            {
                await pause.Task.WaitAsync(cancellationToken);
            }

            return count;
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                inner.Dispose();
            }

            base.Dispose(disposing);
        }
    }
}
