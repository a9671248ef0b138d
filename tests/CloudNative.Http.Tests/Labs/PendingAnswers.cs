namespace CloudNative.Http.Tests.Labs;

/// <summary>Counts the requests that simulated servers work on.</summary>
internal sealed class PendingAnswers
{
    private int _count;

    public int Count => Volatile.Read(ref _count);

    public void Begin() => Interlocked.Increment(ref _count);

    public void End() => Interlocked.Decrement(ref _count);
}
