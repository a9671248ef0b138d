using CloudNative.Lifecycle;

namespace CloudNative.Discovery.Tests.Support;

/// <summary>Readiness that the test sets.</summary>
internal sealed class Readiness(bool ready) : IReadinessSource
{
    private readonly Lock _lock = new();
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _ready = ready;

    public bool IsReady
    {
        get
        {
            lock (_lock)
            {
                return _ready;
            }
        }
    }

    public void Set(bool value)
    {
        lock (_lock)
        {
            _ready = value;
            _changed.SetResult();
            _changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    public async Task WaitForChangeAsync(bool seen, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task changed;
            lock (_lock)
            {
                if (_ready != seen)
                {
                    return;
                }

                changed = _changed.Task;
            }

            await changed.WaitAsync(cancellationToken);
        }
    }
}
