namespace CloudNative.Eventing.Dispatch;

/// <summary>
/// The token of a handler, for a delivery whose lease can be lost: fires then, and when handlers are to end. Used again for the next
/// delivery unless it has fired. Not thread-safe.
/// </summary>
internal sealed class HandlerToken : IDisposable
{
    private readonly CancellationTokenSource _source = new();
    private readonly CancellationTokenRegistration _ending;
    private CancellationTokenRegistration _lost;

    public HandlerToken(CancellationToken ending) => _ending = ending.UnsafeRegister(Fire, _source);

    public CancellationToken Token => _source.Token;

    public void Begin(CancellationToken lost) => _lost = lost.UnsafeRegister(Fire, _source);

    /// <summary>Lets go of the delivery.</summary>
    /// <returns>Whether it can serve another one.</returns>
    public bool TryEnd()
    {
        _lost.Dispose();
        return _source.TryReset();
    }

    public void Dispose()
    {
        _lost.Dispose();
        _ending.Dispose();
        _source.Dispose();
    }

    private static void Fire(object? source) => ((CancellationTokenSource)source!).Cancel();
}
