using System.Diagnostics.CodeAnalysis;
using CloudNative.Deadlines;
using Microsoft.AspNetCore.Http;

namespace CloudNative.Sdk.Deadlines;

/// <summary>
/// The time of one request: cancels it when the deadline has passed, unless its answer has begun and goes on for as long as somebody
/// listens; then the deadline was one for its beginning.
/// </summary>
internal sealed class RequestTime : IDisposable
{
    [SuppressMessage("Usage", "CA2213", Justification = "It holds no timer, and its token may be in use wherever it was handed to.")]
    private readonly CancellationTokenSource _source = new();

    private readonly CancellationToken _client;
    private readonly CancellationTokenRegistration _link;
    private readonly DeadlineScope _scope;
    private readonly ITimer _timer;
    private int _state;

    public RequestTime(HttpContext context, DeadlineScope scope, TimeSpan due, TimeProvider time)
    {
        _scope = scope;
        _client = context.RequestAborted;
        _link = _client.UnsafeRegister(static source => ((CancellationTokenSource)source!).Cancel(), _source);
        using var flow = ExecutionContext.IsFlowSuppressed() ? default : ExecutionContext.SuppressFlow();
        _timer = time.CreateTimer(static state => ((RequestTime)state!).Expire(), this, due, Timeout.InfiniteTimeSpan);
    }

    private enum State
    {
        Running,
        Lifted,
        Expired,
    }

    public CancellationToken Token => _source.Token;

    /// <summary>Whether the deadline ended the request, and not its caller.</summary>
    public bool HasExpired => Volatile.Read(ref _state) == (int)State.Expired && !_client.IsCancellationRequested;

    /// <summary>Whether neither the deadline nor the caller has ended it.</summary>
    public bool IsRunning => Volatile.Read(ref _state) == (int)State.Running && !_client.IsCancellationRequested;

    /// <summary>The answer turned out to have no end of its own.</summary>
    public void Lift()
    {
        if (Interlocked.CompareExchange(ref _state, (int)State.Lifted, (int)State.Running) == (int)State.Running)
        {
            _scope.Lift();
        }
    }

    public void Dispose()
    {
        _timer.Dispose();
        _link.Dispose();
        _scope.Dispose();
    }

    private void Expire()
    {
        if (Interlocked.CompareExchange(ref _state, (int)State.Expired, (int)State.Running) == (int)State.Running)
        {
            _source.Cancel();
        }
    }
}
