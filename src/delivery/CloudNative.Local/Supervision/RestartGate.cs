namespace CloudNative.Local.Supervision;

/// <summary>
/// Carries the wish for a restart to the loop that runs the replica, and its fulfilment back. Several wishes before the restart
/// begins are one. Safe to use from any thread.
/// </summary>
internal sealed class RestartGate
{
    private readonly Lock _gate = new();
    private TaskCompletionSource _wish = New();
    private TaskCompletionSource? _fulfilment;
    private bool _begun;

    /// <summary>Ends when a restart is wished for.</summary>
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

    /// <summary>Wishes for a restart.</summary>
    /// <returns>Ends when a process that started afterwards is ready; cancelled when there will be none.</returns>
    public Task Ask()
    {
        lock (_gate)
        {
            _begun = false;
            _fulfilment ??= New();
            _wish.TrySetResult();
            return _fulfilment.Task;
        }
    }

    /// <summary>A process is about to start; wishes from now on are for the one after it.</summary>
    public void Begin()
    {
        lock (_gate)
        {
            _begun = true;
            if (_wish.Task.IsCompleted)
            {
                _wish = New();
            }
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
            (_fulfilment ??= New()).TrySetCanceled();
        }
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
