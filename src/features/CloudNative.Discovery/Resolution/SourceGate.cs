using Microsoft.Extensions.Logging;

namespace CloudNative.Discovery.Resolution;

/// <summary>
/// Lets the watches of one source (one provider connection) through. While the source is down one of them at a time
/// probes it, with growing, jittered pauses, and the first success lets the rest go. Thread-safe.
/// </summary>
internal sealed partial class SourceGate : IDisposable
{
    /// <summary>While a source is down it is called no more often than this.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    /// <summary>The longest pause between two probes.</summary>
    public static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);

    private readonly Lock _lock = new();
    private readonly LinkedList<TaskCompletionSource<TimeSpan>> _waiting = [];
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly ITimer _timer;
    private SourceCondition _condition;
    private string? _reason;
    private long _due;
    private long _lastCall;
    private long _downSince;
    private int _failures;

    public SourceGate(string name, TimeProvider time, ILogger logger)
    {
        Name = name;
        _time = time;
        _logger = logger;
        _timer = time.CreateTimer(
            static gate => ((SourceGate)gate!).LetOneThrough(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public string Name { get; }

    public SourceCondition Condition
    {
        get
        {
            lock (_lock)
            {
                return _condition;
            }
        }
    }

    /// <summary>Why the source is down; <see langword="null"/> while it is not known to be.</summary>
    public string? Reason
    {
        get
        {
            lock (_lock)
            {
                return _condition == SourceCondition.Down ? _reason ?? "unavailable" : null;
            }
        }
    }

    /// <summary>Waits for leave to open a watch.</summary>
    /// <param name="isNew">
    /// Whether this watch has not been opened before; it may go first, so that its callers learn quickly.
    /// </param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task EnterAsync(bool isNew, CancellationToken cancellationToken)
    {
        TaskCompletionSource<TimeSpan> turn;
        lock (_lock)
        {
            if (_condition == SourceCondition.Up)
            {
                _lastCall = Math.Max(1, _time.GetTimestamp());
                return;
            }

            turn = new TaskCompletionSource<TimeSpan>(TaskCreationOptions.RunContinuationsAsynchronously);
            Enqueue(turn, isNew);
        }

        var pause = await turn.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
        if (pause > TimeSpan.Zero)
        {
            await Task.Delay(pause, _time, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>A watch got an answer.</summary>
    public void Succeed()
    {
        lock (_lock)
        {
            if (_condition == SourceCondition.Up)
            {
                return;
            }

            var wasDown = _condition == SourceCondition.Down;
            _condition = SourceCondition.Up;
            _failures = 0;
            Release(wasDown);
            if (wasDown)
            {
                LogUp(Name, _time.GetElapsedTime(_downSince).TotalSeconds);
            }
        }
    }

    /// <summary>A watch failed.</summary>
    public void Fail(string reason, bool wasProbe)
    {
        lock (_lock)
        {
            if (_condition != SourceCondition.Down)
            {
                _condition = SourceCondition.Down;
                _downSince = _time.GetTimestamp();
                LogDown(Name, reason);
            }
            else if (!wasProbe)
            {
                // The connection broke under all watches at once: one trouble, not many.
                return;
            }

            _reason = reason;
            _failures++;
            ScheduleProbe();
        }
    }

    public void Dispose() => _timer.Dispose();

    private void Enqueue(TaskCompletionSource<TimeSpan> turn, bool isNew)
    {
        if (_condition == SourceCondition.Unproven && _lastCall == 0)
        {
            // The very first goes at once; others wait for what it finds, or for it to take too long.
            _lastCall = Math.Max(1, _time.GetTimestamp());
            Arm(Interval);
            turn.SetResult(TimeSpan.Zero);
            return;
        }

        if (isNew)
        {
            _waiting.AddFirst(turn);
            Arm(Earliest());
        }
        else
        {
            _waiting.AddLast(turn);
        }

        if (_due == 0)
        {
            ScheduleProbe();
        }
    }

    private void LetOneThrough()
    {
        lock (_lock)
        {
            _due = 0;
            if (_condition == SourceCondition.Unproven)
            {
                // The first call neither failed nor was answered yet. Slow is not down: nobody waits for it any longer.
                _condition = SourceCondition.Up;
                Release(withJitter: false);
                return;
            }

            while (_waiting.First is { } next)
            {
                _waiting.RemoveFirst();
                if (!next.Value.Task.IsCompleted)
                {
                    _lastCall = Math.Max(1, _time.GetTimestamp());
                    next.Value.TrySetResult(TimeSpan.Zero);
                    Arm(Interval); // should this one hang, the next may try
                    return;
                }
            }
        }
    }

    private void Release(bool withJitter)
    {
        // The source has just come back; everybody at once could knock it over again.
        var window = withJitter ? Math.Clamp(_waiting.Count * 0.05, 0.25, Interval.TotalSeconds) : 0;
        foreach (var turn in _waiting)
        {
            turn.TrySetResult(TimeSpan.FromSeconds(Random.Shared.NextDouble() * window));
        }

        _waiting.Clear();
        _due = 0;
        _timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    private void ScheduleProbe()
    {
        var longest = Math.Min(LongestPause.TotalSeconds, Math.Pow(2, Math.Min(_failures, 10)));
        var pause = TimeSpan.FromSeconds(Random.Shared.NextDouble() * longest);
        var earliest = Earliest();
        _due = 0;
        Arm(pause > earliest ? pause : earliest);
    }

    private TimeSpan Earliest()
    {
        var rest = Interval - _time.GetElapsedTime(_lastCall);
        return rest > TimeSpan.Zero ? rest : TimeSpan.Zero;
    }

    private void Arm(TimeSpan pause)
    {
        var due = Math.Max(1, _time.GetTimestamp() + (long)(pause.TotalSeconds * _time.TimestampFrequency));
        if (_due == 0 || due < _due)
        {
            _due = due;
            _timer.Change(pause, Timeout.InfiniteTimeSpan);
        }
    }
}
