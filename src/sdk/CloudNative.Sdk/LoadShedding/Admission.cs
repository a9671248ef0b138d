namespace CloudNative.Sdk.LoadShedding;

/// <summary>
/// Decides which requests are served now, which wait for a moment and which are declined. A burst waits and is served in its order. Where
/// somebody has been waiting all the time for longer than a request may wait, more comes than can be served: then the newest comes first,
/// as its caller will still be there, and the others are declined soon. Thread-safe.
/// </summary>
internal sealed class Admission : IDisposable
{
    // In an overload requests wait this much shorter, and this many times a wait is looked who has waited too long.
    private const int Shorter = 4;
    private const int Looks = 10;

    // Who has waited less than this share of that is served promptly.
    private const double Prompt = 0.75;

    private static readonly TimeSpan ShortestLook = TimeSpan.FromMilliseconds(5);

    private readonly TimeProvider _time;
    private readonly IAdmissionObserver _observer;
    private readonly int _queueLength;
    private readonly long _queueTime;
    private readonly TimeSpan _look;
    private readonly ITimer _timer;
    private readonly Lock _lock = new();
    private readonly WaitingLine _line = new();
    private readonly LimitSearch _search;
    private int _inFlight;
    private long _promptAt;
    private bool _isTicking;

    public Admission(LoadSheddingOptions options, TimeProvider time, IAdmissionObserver observer)
    {
        _time = time;
        _observer = observer;
        _queueLength = options.QueueLength;
        _queueTime = (long)(options.QueueTime.TotalSeconds * time.TimestampFrequency);
        var patience = Math.Min(_queueTime / 2, time.TimestampFrequency / 4);
        _search = new LimitSearch(options.MinimumConcurrency, patience, time.TimestampFrequency);
        var look = options.QueueTime / Shorter / Looks;
        _look = look > ShortestLook ? look : ShortestLook;
        using var flow = ExecutionContext.IsFlowSuppressed() ? default : ExecutionContext.SuppressFlow();
        _timer = time.CreateTimer(
            static admission => ((Admission)admission!).Look(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>How many requests are being served.</summary>
    public int InFlight => Volatile.Read(ref _inFlight);

    /// <summary>How many wait.</summary>
    public int Waiting
    {
        get
        {
            lock (_lock)
            {
                return _line.Count;
            }
        }
    }

    /// <summary>How many are served at the same time; <see cref="LimitSearch.Open"/> while there is no limit.</summary>
    public int Limit
    {
        get
        {
            lock (_lock)
            {
                return _search.Limit;
            }
        }
    }

    /// <summary>Sets the limit from which the search goes on; for tests, which have no time to let it be found.</summary>
    public void LimitTo(int limit)
    {
        lock (_lock)
        {
            _search.Begin(_time.GetTimestamp(), limit);
        }
    }

    /// <summary>Takes a place if one is free and nobody waits for it.</summary>
    public bool TryEnter()
    {
        lock (_lock)
        {
            if (_line.Count > 0 || _inFlight >= _search.Limit)
            {
                return false;
            }

            _inFlight++;
            return true;
        }
    }

    /// <summary>Waits for a place; <see cref="Waiter.Decide"/> says how it ended, maybe before this returns.</summary>
    public void Wait(Waiter waiter)
    {
        Decisions decisions = default;
        lock (_lock)
        {
            var now = _time.GetTimestamp();
            _ = IsOverloaded(now);
            if (_line.Count == 0 && _inFlight < _search.Limit)
            {
                _inFlight++;
                decisions.Admit(waiter);
            }
            else if (CanJoin(waiter, now, ref decisions))
            {
                waiter.Since = now;
                _line.Add(waiter);
                StartTicking();
            }
            else
            {
                decisions.Decline(waiter);
            }
        }

        decisions.Tell(_observer);
    }

    /// <summary>The caller of a waiting request is gone.</summary>
    /// <returns>Whether it was still waiting; else it was decided.</returns>
    public bool Withdraw(Waiter waiter)
    {
        lock (_lock)
        {
            return _line.Remove(waiter);
        }
    }

    /// <summary>Gives a place back.</summary>
    /// <param name="begun">The timestamp at which it was taken.</param>
    /// <param name="isTelling">Whether it was served; of one that was not, only a long time says something.</param>
    public void Leave(long begun, bool isTelling)
    {
        Decisions decisions = default;
        lock (_lock)
        {
            var now = _time.GetTimestamp();
            if (isTelling || _search.IsSlow(now - begun))
            {
                _search.Note(now, now - begun, _inFlight, _line.Count > 0);
            }

            _inFlight--;
            TakeNext(now, ref decisions);
        }

        decisions.Tell(_observer);
    }

    public void Dispose() => _timer.Dispose();

    private bool CanJoin(Waiter waiter, long now, ref Decisions decisions)
    {
        if (IsHopeless(waiter, now) || (waiter.Priority == RequestPriority.Low && IsOverloaded(now)))
        {
            return false;
        }

        if (_line.Count < _queueLength)
        {
            return true;
        }

        if (_line.TakeBelow(waiter.Priority) is not { } lower)
        {
            return false;
        }

        decisions.Decline(lower);
        return true;
    }

    // Its caller will have given up before it is done, by what requests usually take.
    private bool IsHopeless(Waiter waiter, long now) => waiter.Due != long.MaxValue && waiter.Due - now < _search.Usual;

    private bool IsOverloaded(long now)
    {
        // The age of the oldest, whichever is next: the newest never waits long.
        if (_line.Count == 0 || now - _line.OldestSince < Prompt * _queueTime / Shorter)
        {
            _promptAt = now;
        }

        return now - _promptAt > _queueTime;
    }

    private void TakeNext(long now, ref Decisions decisions)
    {
        while (_inFlight < _search.Limit && _line.Take(newest: IsOverloaded(now)) is { } waiter)
        {
            if (IsHopeless(waiter, now))
            {
                decisions.Decline(waiter);
            }
            else
            {
                _inFlight++;
                decisions.Admit(waiter);
            }
        }
    }

    private void Look()
    {
        Decisions decisions = default;
        lock (_lock)
        {
            var now = _time.GetTimestamp();
            _search.Tick(now, _inFlight);
            _line.TakeOlder(now - (IsOverloaded(now) ? _queueTime / Shorter : _queueTime), ref decisions);
            TakeNext(now, ref decisions);
            if (_line.Count == 0)
            {
                _isTicking = false;
                _timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            }
        }

        decisions.Tell(_observer);
    }

    private void StartTicking()
    {
        if (!_isTicking)
        {
            _isTicking = true;
            _timer.Change(_look, _look);
        }
    }
}
