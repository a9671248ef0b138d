namespace CloudNative.Kubernetes.Tests.Support;

/// <summary>Fails when it is read.</summary>
internal sealed class FailingStream(Func<Exception> failure) : MemoryStream
{
    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        ValueTask.FromException<int>(failure());

    public override Task CopyToAsync(Stream destination, int bufferSize, CancellationToken cancellationToken) =>
        Task.FromException(failure());
}
