namespace CloudNative.Local.Supervision;

/// <summary>
/// Carries the wishes for a restart, a stop and a start to the loop that runs the replica, and their fulfilment back.
/// Several wishes before the restart begins are one. Safe to use from any thread.
/// </summary>
internal sealed class RestartGate
{
    private readonly Lock _gate = new();
    private TaskCompletionSource _wish = New();
    private TaskCompletionSource _free = New();
    private TaskCompletionSource _gone = New();
    private TaskCompletionSource? _fulfilment;
    private bool _begun;
    private bool _held;
    private bool _closed;

    /// <summary>Ends when a restart or a stop is wished for.</summary>
    public Task Wish
    {
        get
        {
            lock (_gate)
            {
                return _wish.Task;
            }
        }
    }

    /// <summary>Wishes for a restart, or for a start where it was stopped.</summary>
    /// <returns>Ends when a process that started afterwards is ready; cancelled when there will be none.</returns>
    public Task Ask()
    {
        lock (_gate)
        {
            _begun = false;
            _held = false;
            _fulfilment ??= New();
            _free.TrySetResult();
            _wish.TrySetResult();
            return _fulfilment.Task;
        }
    }

    /// <summary>Wishes for a start where it was stopped; elsewhere there is nothing to do.</summary>
    /// <returns>As of <see cref="Ask"/>.</returns>
    public Task Start()
    {
        lock (_gate)
        {
            return _held ? Ask() : Task.CompletedTask;
        }
    }

    /// <summary>
    /// Wishes for a stop that lasts until somebody asks for a start. Restarts that were asked for come to nothing.
    /// </summary>
    /// <returns>Ends when there is no process.</returns>
    public Task Stop()
    {
        lock (_gate)
        {
            if (_closed)
            {
                return Task.CompletedTask;
            }

            if (!_held)
            {
                _held = true;
                _free = New();
                _fulfilment?.TrySetCanceled();
                _fulfilment = null;
                _wish.TrySetResult();
            }

            return _gone.Task;
        }
    }

    /// <summary>A process is about to start; wishes from now on are for the one after it.</summary>
    /// <returns>False when it is not to start.</returns>
    public bool TryBegin()
    {
        lock (_gate)
        {
            if (_held)
            {
                return false;
            }

            _begun = true;
            _gone.TrySetResult(); // Whoever waited for the end of the one before missed it.
            _gone = New();
            if (_wish.Task.IsCompleted)
            {
                _wish = New();
            }

            return true;
        }
    }

    /// <summary>There is no process.</summary>
    /// <returns>Ends when there may be one again.</returns>
    public Task Rest()
    {
        lock (_gate)
        {
            if (_held)
            {
                _gone.TrySetResult();
            }

            return _held ? _free.Task : Task.CompletedTask;
        }
    }

    /// <summary>The process that started last is ready.</summary>
    public void Fulfil()
    {
        lock (_gate)
        {
            if (_begun)
            {
                _fulfilment?.TrySetResult();
                _fulfilment = null;
            }
        }
    }

    /// <summary>Nothing will start any more.</summary>
    public void Close()
    {
        lock (_gate)
        {
            _closed = true;
            _gone.TrySetResult();
            (_fulfilment ??= New()).TrySetCanceled();
        }
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
