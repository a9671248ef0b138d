using System.Collections.Concurrent;

namespace CloudNative.Http.Calls;

/// <summary>
/// Calls that ended, kept with their timers for the next ones: a timer a call would cost more than the rest of the
/// pipeline.
/// </summary>
internal sealed class CallPool(TimeProvider time) : IDisposable
{
    private const int Most = 256;

    private readonly ConcurrentQueue<ServiceCall> _idle = new();
    private ServiceCall? _first;
    private int _count;
    private bool _disposed;

    public ServiceCall Rent()
    {
        var call = Interlocked.Exchange(ref _first, null);
        if (call is not null)
        {
            return call;
        }

        if (_idle.TryDequeue(out call))
        {
            Interlocked.Decrement(ref _count);
            return call;
        }

        return new ServiceCall(time);
    }

    /// <summary>The host ends: no timer stays behind. What is returned later is disposed at once.</summary>
    public void Dispose()
    {
        Volatile.Write(ref _disposed, true);
        Interlocked.Exchange(ref _first, null)?.Dispose();
        while (_idle.TryDequeue(out var call))
        {
            call.Dispose();
        }
    }

    public void Return(ServiceCall call)
    {
        call.Finish();
        if (Volatile.Read(ref _disposed))
        {
            call.Dispose();
            return;
        }

        if (Interlocked.CompareExchange(ref _first, call, null) is null)
        {
            return;
        }

        if (Interlocked.Increment(ref _count) <= Most)
        {
            _idle.Enqueue(call);
            return;
        }

        Interlocked.Decrement(ref _count);
        call.Dispose();
    }
}
