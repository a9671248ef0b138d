namespace CloudNative.Embedded.Events.Writing;

/// <summary>
/// The turnstile on Unix: two file locks. Who waits for the second holds the first, so that who has just written queues behind. As long
/// as nobody else writes both are free and taken at once; only a wait goes to a thread of its own, since it cannot be given up.
/// </summary>
internal sealed class FileTurnstile : ITurnstile
{
    private readonly FileLock _next;
    private readonly FileLock _write;
    private readonly Lock _gate = new();
    private readonly AutoResetEvent _asked = new(false);
    private readonly AutoResetEvent _granted = new(false);
    private Thread? _waiter;
    private bool _wanted;
    private bool _waiting;
    private bool _ended;

    public FileTurnstile(string directory)
    {
        _next = new FileLock(Path.Combine(directory, "events.next.lock"));
        _write = new FileLock(Path.Combine(directory, "events.write.lock"));
    }

    public bool TryEnter(TimeSpan patience)
    {
        lock (_gate)
        {
            if (_waiting)
            {
                _wanted = true; // The wait of last time is still on.
            }
            else if (TryTakeBoth())
            {
                return true;
            }
            else
            {
                (_wanted, _waiting) = (true, true);
                _waiter ??= StartWaiter();
                _asked.Set();
            }
        }

        if (_granted.WaitOne(patience))
        {
            return true;
        }

        lock (_gate)
        {
            _wanted = false;
            return _granted.WaitOne(TimeSpan.Zero); // It may have come at the last moment.
        }
    }

    public void Leave() => _write.Release();

    public void Dispose()
    {
        lock (_gate)
        {
            (_ended, _wanted) = (true, false);
            if (_waiter is null)
            {
                Close();
            }
            else
            {
                _asked.Set(); // The waiter closes what it may be waiting for.
            }
        }
    }

    private bool TryTakeBoth()
    {
        if (!_next.TryTake())
        {
            return false;
        }

        var taken = _write.TryTake();
        _next.Release();
        return taken;
    }

    private Thread StartWaiter()
    {
        var thread = new Thread(WaitInTurn) { IsBackground = true, Name = "cloudnative-turnstile" };
        thread.Start();
        return thread;
    }

    private void WaitInTurn()
    {
        while (true)
        {
            _asked.WaitOne();
            if (Volatile.Read(ref _ended))
            {
                Close();
                return;
            }

            _next.Wait();
            _write.Wait();
            _next.Release();
            lock (_gate)
            {
                _waiting = false;
                if (_wanted)
                {
                    _wanted = false;
                    _granted.Set();
                }
                else
                {
                    _write.Release();
                }
            }
        }
    }

    private void Close()
    {
        _next.Dispose();
        _write.Dispose();
        _asked.Dispose();
        _granted.Dispose();
    }
}
