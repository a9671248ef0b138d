namespace CloudNative.Kubernetes.Http;

/// <summary>
/// Whether the API server answers. While it does not, all informers together call it no more often than every
/// <see cref="Interval"/>: whoever comes first asks for all. Thread-safe.
/// </summary>
internal sealed class ServerCondition(TimeProvider time)
{
    /// <summary>The shortest time between two paced calls to a server that is away.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    // Processes that lost the server together do not come back together.
    private static readonly TimeSpan Spread = TimeSpan.FromSeconds(2);

    private readonly Lock _lock = new();
    private bool _isAway;
    private long _called;

    /// <summary>Whether the last call found nobody there.</summary>
    public bool IsAway
    {
        get
        {
            lock (_lock)
            {
                return _isAway;
            }
        }
    }

    /// <summary>Waits until a call may be made, and counts it as made.</summary>
    /// <param name="isPaced">Whether the call can wait; one that cannot is always made.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async ValueTask EnterAsync(bool isPaced, CancellationToken cancellationToken)
    {
        while (RestBefore(isPaced) is var rest && rest > TimeSpan.Zero)
        {
            await Task.Delay(rest + (Random.Shared.NextDouble() * Spread), time, cancellationToken)
                .ConfigureAwait(false);
        }
    }

    public void Answered()
    {
        lock (_lock)
        {
            _isAway = false;
        }
    }

    public void Failed()
    {
        lock (_lock)
        {
            _isAway = true;
        }
    }

    private TimeSpan RestBefore(bool isPaced)
    {
        lock (_lock)
        {
            if (isPaced && _isAway && Interval - time.GetElapsedTime(_called) is var rest && rest > TimeSpan.Zero)
            {
                return rest;
            }

            _called = time.GetTimestamp();
            return TimeSpan.Zero;
        }
    }
}
