using System.Collections.Concurrent;

namespace CloudNative.Http.Calls;

/// <summary>
/// Things that hold a timer, kept for the next ones who need one: a timer a call would cost more than the rest of the pipeline.
/// </summary>
internal sealed class Pool<T>(Func<T> make) : IDisposable
    where T : class, IDisposable
{
    private const int Most = 256;

    private readonly ConcurrentQueue<T> _idle = new();
    private T? _first;
    private int _count;
    private bool _disposed;

    public T Rent()
    {
        var item = Interlocked.Exchange(ref _first, null);
        if (item is not null)
        {
            return item;
        }

        if (_idle.TryDequeue(out item))
        {
            Interlocked.Decrement(ref _count);
            return item;
        }

        return make();
    }

    /// <summary>The host ends: no timer stays behind. What is returned later is disposed at once.</summary>
    public void Dispose()
    {
        Volatile.Write(ref _disposed, true);
        Interlocked.Exchange(ref _first, null)?.Dispose();
        while (_idle.TryDequeue(out var item))
        {
            item.Dispose();
        }
    }

    public void Return(T item)
    {
        if (Volatile.Read(ref _disposed))
        {
            item.Dispose();
            return;
        }

        if (Interlocked.CompareExchange(ref _first, item, null) is null)
        {
            return;
        }

        if (Interlocked.Increment(ref _count) <= Most)
        {
            _idle.Enqueue(item);
            return;
        }

        Interlocked.Decrement(ref _count);
        item.Dispose();
    }
}
