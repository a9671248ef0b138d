using System.Threading.Channels;

namespace CloudNative.Kubernetes.Informing;

/// <summary>
/// A reader of updates. What it was not told yet is kept as a set of names, so it is never more than there are objects.
/// </summary>
internal sealed class Subscription<T>
    where T : KubernetesObject
{
    private readonly Channel<bool> _signal = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>Whether it was told nothing yet.</summary>
    public bool IsFirst { get; set; } = true;

    /// <summary>Objects that changed, as the reader knows them; under the lock of the store.</summary>
    public Dictionary<KubernetesName, T?> Before { get; } = [];

    public void Signal() => _signal.Writer.TryWrite(true);

    public void Complete() => _signal.Writer.TryComplete();

    /// <summary>Waits for something to tell; false when there will be nothing more.</summary>
    public async ValueTask<bool> WaitAsync(CancellationToken cancellationToken) =>
        await _signal.Reader.WaitToReadAsync(cancellationToken).ConfigureAwait(false) && _signal.Reader.TryRead(out _);
}
