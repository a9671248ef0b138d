namespace CloudNative.Lifecycle;

/// <summary>The state machine: phases follow one another and never go back.</summary>
internal sealed class ServiceLifecycle : IServiceLifecycle, IDisposable
{
    private readonly CancellationTokenSource _withdrawing = new();
    private readonly TaskCompletionSource[] _reached = NewSignals();
    private int _phase;

    public ServiceLifecycle()
    {
        // Taken once: the source is disposed with the host, and a late reader of the token must not fail for it.
        Withdrawing = _withdrawing.Token;
        _reached[(int)LifecyclePhase.Starting].SetResult();
    }

    public LifecyclePhase Phase => (LifecyclePhase)Volatile.Read(ref _phase);

    public CancellationToken Withdrawing { get; }

    public Task WaitForAsync(LifecyclePhase phase, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((int)phase, (int)LifecyclePhase.Stopped, nameof(phase));
        return _reached[(int)phase].Task.WaitAsync(cancellationToken);
    }

    /// <summary>Goes forward to <paramref name="next"/>; whoever comes second changes nothing.</summary>
    /// <returns>Whether this call made the step.</returns>
    public bool TryAdvance(LifecyclePhase next)
    {
        var current = Volatile.Read(ref _phase);
        while (current < (int)next)
        {
            var seen = Interlocked.CompareExchange(ref _phase, (int)next, current);
            if (seen == current)
            {
                Announce(current, (int)next);
                return true;
            }

            current = seen;
        }

        return false;
    }

    public void Dispose() => _withdrawing.Dispose();

    private static TaskCompletionSource[] NewSignals() =>
        [.. Enum.GetValues<LifecyclePhase>()
            .Select(_ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously))];

    private void Announce(int from, int to)
    {
        if (from < (int)LifecyclePhase.Withdrawing && to >= (int)LifecyclePhase.Withdrawing)
        {
            _withdrawing.Cancel();
        }

        for (var phase = from + 1; phase <= to; phase++)
        {
            _reached[phase].TrySetResult();
        }
    }
}
