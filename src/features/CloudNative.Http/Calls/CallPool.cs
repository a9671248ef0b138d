using System.Collections.Concurrent;

namespace CloudNative.Http.Calls;

/// <summary>
/// Calls that ended, kept with their timers for the next ones: a timer a call would cost more than the rest of the
/// pipeline.
/// </summary>
internal sealed class CallPool(TimeProvider time)
{
    private const int Most = 256;

    private readonly ConcurrentQueue<ServiceCall> _idle = new();
    private ServiceCall? _first;
    private int _count;

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

    public void Return(ServiceCall call)
    {
        call.Finish();
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
