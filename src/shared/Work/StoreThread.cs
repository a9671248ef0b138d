using System.Diagnostics.CodeAnalysis;

namespace CloudNative.Shared.Work;

/// <summary>
/// The one thread that touches the database, in the order in which work is posted. SQLite blocks while another
/// process writes; on the thread pool that would starve the service. What is due at a time it waits for itself: a timer would
/// wake two threads of the pool, which spin for milliseconds before they sleep again.
/// </summary>
[SuppressMessage("Usage", "CA2213", Justification = "The thread disposes what it waits on when it has ended.")]
internal sealed class StoreThread : IDisposable
{
    private readonly Lock _gate = new();
    private readonly Queue<Action> _work = new();

    // Sleeps at once. Primitives that spin first take a core from whoever is to post, many thousand times a second.
    private readonly AutoResetEvent _posted = new(false);
    private readonly TimeProvider _time;
    private readonly ITimer? _timer;
    private Action? _dueWork;
    private long _scheduled;
    private TimeSpan _delay;
    private bool _isIdle;
    private bool _isEnded;

    public StoreThread(string name, TimeProvider? time = null)
    {
        _time = time ?? TimeProvider.System;

        // Only the system's time passes while a thread waits.
        _timer = ReferenceEquals(_time, TimeProvider.System)
            ? null
            : _time.CreateTimer(_ => Look(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        new Thread(Run) { IsBackground = true, Name = name }.Start();
    }

    /// <summary>Posts work that handles its own failures. False when the thread has ended.</summary>
    public bool TryPost(Action work)
    {
        lock (_gate)
        {
            if (_isEnded)
            {
                return false;
            }

            _work.Enqueue(work);
            Rouse();
            return true;
        }
    }

    /// <summary>Has work done when some time has passed, in place of what was scheduled before. Never, when the thread has ended.</summary>
    public void Schedule(TimeSpan delay, Action work)
    {
        lock (_gate)
        {
            if (_isEnded)
            {
                return;
            }

            _dueWork = work;
            _scheduled = _time.GetTimestamp();
            _delay = delay;
            _timer?.Change(delay, Timeout.InfiniteTimeSpan);
            Rouse(); // It waits for something else.
        }
    }

    /// <summary>Ends the thread after what was posted; what is not due yet is not done.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            if (!_isEnded)
            {
                _isEnded = true;
                Rouse();
            }
        }
    }

    private void Look()
    {
        lock (_gate)
        {
            if (!_isEnded)
            {
                Rouse();
            }
        }
    }

    private void Rouse()
    {
        if (_isIdle)
        {
            _isIdle = false;
            _posted.Set();
        }
    }

    private void Run()
    {
        while (TryTake() is { } work)
        {
            work();
        }

        _timer?.Dispose();
        _posted.Dispose();
    }

    private Action? TryTake()
    {
        while (true)
        {
            var wait = Timeout.InfiniteTimeSpan;
            lock (_gate)
            {
                var left = _dueWork is null ? TimeSpan.MaxValue : _delay - _time.GetElapsedTime(_scheduled);
                if (left <= TimeSpan.Zero && !_isEnded)
                {
                    // First, or work that never ends would keep it waiting.
                    (var due, _dueWork) = (_dueWork, null);
                    return due;
                }

                if (_work.TryDequeue(out var work))
                {
                    return work;
                }

                if (_isEnded)
                {
                    return null;
                }

                if (_dueWork is not null && _timer is null)
                {
                    // Rounded up, or it would wake too early and look again.
                    wait = TimeSpan.FromMilliseconds(Math.Ceiling(left.TotalMilliseconds));
                }

                _isIdle = true;
            }

            _posted.WaitOne(wait);
        }
    }
}
