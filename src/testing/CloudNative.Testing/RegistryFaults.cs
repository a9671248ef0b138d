using CloudNative.Discovery;

namespace CloudNative.Testing;

/// <summary>
/// What is wrong with a registry at the moment. Hand one to a <see cref="FaultyServiceRegistry"/> and a <see
/// cref="FaultyEndpointSource"/> and change it while the service under test runs. Thread-safe.
/// </summary>
public sealed class RegistryFaults
{
    private readonly Lock _lock = new();
    private string? _outage;
    private int _failures;
    private TaskCompletionSource _changed = New();

    /// <summary>
    /// Attempts to register, to change readiness or to watch that were made so far, failed ones included.
    /// </summary>
    public int Attempts { get; private set; }

    /// <summary>Takes the registry down: calls fail, open watches say that it is unavailable and end.</summary>
    /// <param name="reason">What the failures say.</param>
    public void GoDown(string reason = "the registry is down") => Change(() => _outage = reason);

    /// <summary>Brings it up again. Watches have to be opened anew, as after a real outage.</summary>
    public void Recover() => Change(() => _outage = null);

    /// <summary>Lets the next calls fail, and the ones after them succeed.</summary>
    /// <param name="calls">How many fail; 0 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="calls"/> is negative.</exception>
    public void FailNext(int calls)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(calls);
        Change(() => _failures = calls);
    }

    /// <summary>The reason while the registry is down, and a task that ends when that changes.</summary>
    internal (string? Outage, Task Changed) Look()
    {
        lock (_lock)
        {
            return (_outage, _changed.Task);
        }
    }

    /// <summary>Counts an attempt; the reason when it must fail.</summary>
    internal string? Attempt()
    {
        lock (_lock)
        {
            Attempts++;
            if (_outage is null && _failures > 0)
            {
                _failures--;
                return "the registry refused this call";
            }

            return _outage;
        }
    }

    internal void ThrowIfFailing()
    {
        if (Attempt() is { } reason)
        {
            throw new ServiceRegistryException(reason);
        }
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private void Change(Action change)
    {
        TaskCompletionSource changed;
        lock (_lock)
        {
            change();
            changed = _changed;
            _changed = New();
        }

        changed.SetResult();
    }
}
