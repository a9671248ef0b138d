namespace CloudNative.Consul.Http;

/// <summary>
/// Whether the agent answers. While it does not, watches and heartbeats together call it no more often than every
/// <see cref="Interval"/>: whoever comes first asks for all. Thread-safe.
/// </summary>
internal sealed class AgentCondition(TimeProvider time)
{
    /// <summary>The shortest time between two paced calls to an agent that is away.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    private readonly Lock _lock = new();
    private string? _reason;
    private long _called;

    /// <summary>How long it is until a paced call may be made.</summary>
    public TimeSpan Rest
    {
        get
        {
            lock (_lock)
            {
                var rest = _reason is null ? TimeSpan.Zero : Interval - time.GetElapsedTime(_called);
                return rest > TimeSpan.Zero ? rest : TimeSpan.Zero;
            }
        }
    }

    /// <summary>Asks for leave to call.</summary>
    /// <param name="isPaced">Whether the call can wait; one that cannot is always made.</param>
    /// <returns>Why not, as it was found a moment ago; <see langword="null"/> when the call may be made.</returns>
    public string? Enter(bool isPaced)
    {
        lock (_lock)
        {
            if (isPaced && _reason is { } reason && time.GetElapsedTime(_called) < Interval)
            {
                return reason;
            }

            _called = time.GetTimestamp();
            return null;
        }
    }

    public void Answered()
    {
        lock (_lock)
        {
            _reason = null;
        }
    }

    public void Failed(string reason)
    {
        lock (_lock)
        {
            _reason = reason;
        }
    }
}
