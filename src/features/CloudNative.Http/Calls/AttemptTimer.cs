namespace CloudNative.Http.Calls;

/// <summary>
/// Cancels attempts that take too long. One object serves many attempts, one after the other, and hardly ever touches
/// its timer: the timer is left running from call to call and, when it fires too early for the attempt under way, is
/// set again.
/// </summary>
internal sealed class AttemptTimer : IDisposable
{
    private const long NotArmed = long.MaxValue;

    private readonly TimeProvider _time;
    private readonly ITimer _timer;
    private readonly Lock _lock = new();
    private CancellationTokenSource _source = new();
    private CancellationTokenRegistration _link;
    private CancellationToken _caller;
    private Func<bool>? _mayCut;
    // Odd while an attempt is under way.
    private int _ticket;
    private long _until;
    private long _deadline;
    private long _armedFor = NotArmed;

    public AttemptTimer(TimeProvider time)
    {
        _time = time;

        // It outlives the call that makes it, and must not hold what is ambient there.
        using var flow = ExecutionContext.IsFlowSuppressed() ? default : ExecutionContext.SuppressFlow();
        _timer = time.CreateTimer(
            static timer => ((AttemptTimer)timer!).Fire(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Whether the attempt under way was cancelled by this timer; ask before <see cref="End"/>.</summary>
    public bool HasExpired => (Volatile.Read(ref _ticket) & 1) == 0;

    /// <summary>Starts an attempt.</summary>
    /// <param name="cut">
    /// The timestamp at which the attempt is cancelled if <paramref name="mayCut"/> then says so.
    /// </param>
    /// <param name="deadline">The timestamp at which it is cancelled anyway; <see cref="long.MaxValue"/> for never.</param>
    /// <param name="mayCut">Whether cutting the attempt short is of use; asked on another thread. None for never.</param>
    /// <param name="caller">Cancels the attempt too.</param>
    public CancellationToken Begin(long cut, long deadline, Func<bool>? mayCut, CancellationToken caller)
    {
        _mayCut = mayCut;
        _deadline = deadline;
        Volatile.Write(ref _until, Math.Min(cut, deadline));
        Link(caller);
        // The attempt is announced before the timer is looked at, and Fire looks the other way round, so one of both
        // sets the timer.
        Interlocked.Increment(ref _ticket);
        if (Interlocked.Read(ref _armedFor) > _until)
        {
            Arm();
        }

        return _source.Token;
    }

    /// <summary>Lets another token cancel the attempt under way, in place of the one before.</summary>
    public CancellationToken Follow(CancellationToken caller)
    {
        if (caller != _caller)
        {
            _link.Dispose();
            Link(caller);
        }

        return _source.Token;
    }

    /// <summary>Ends the attempt; nothing is cancelled from then on.</summary>
    /// <param name="reuse">Whether nothing that ran in the attempt can still hold its token.</param>
    public void End(bool reuse)
    {
        var ticket = Volatile.Read(ref _ticket);
        var intact = (ticket & 1) == 1 && Interlocked.CompareExchange(ref _ticket, ticket + 1, ticket) == ticket;
        _link.Dispose();
        _caller = default;
        _mayCut = null;
        if (!intact || !reuse || !_source.TryReset())
        {
            // Somebody may still be cancelling it or listen to it, so it is left to the collector; it holds no timer.
            _source = new CancellationTokenSource();
        }
    }

    public void Dispose()
    {
        _timer.Dispose();
        _source.Dispose();
    }

    private void Link(CancellationToken caller)
    {
        _caller = caller;
        _link = caller.UnsafeRegister(static source => ((CancellationTokenSource)source!).Cancel(), _source);
    }

    private void Fire()
    {
        Interlocked.Exchange(ref _armedFor, NotArmed);
        var ticket = Volatile.Read(ref _ticket);
        var source = _source;
        if ((ticket & 1) == 0)
        {
            return;
        }

        var now = _time.GetTimestamp();
        if (now < Volatile.Read(ref _until))
        {
            Arm();
        }
        else if (now < _deadline && _mayCut?.Invoke() != true)
        {
            Volatile.Write(ref _until, _deadline);
            Arm();
        }
        else if (Interlocked.CompareExchange(ref _ticket, ticket + 1, ticket) == ticket)
        {
            source.Cancel();
        }
    }

    private void Arm()
    {
        lock (_lock)
        {
            if ((Volatile.Read(ref _ticket) & 1) == 0)
            {
                return;
            }

            var until = Volatile.Read(ref _until);
            if (until == NotArmed)
            {
                return;
            }

            Interlocked.Exchange(ref _armedFor, until);
            var due = _time.GetElapsedTime(_time.GetTimestamp(), until);
            // Timers count whole milliseconds and may be early by part of one.
            _timer.Change(
                due > TimeSpan.Zero ? due + TimeSpan.FromMilliseconds(1) : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
        }
    }
}
