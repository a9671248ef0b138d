namespace CloudNative.Discovery;

/// <summary>
/// The live statistics of one instance: in flight, latency, failures. One object per (service, instance id) in a process; it survives
/// refreshes, reloads and handler rotation. All members are thread-safe and lock-free; reads may be a moment old.
/// </summary>
public sealed class EndpointState
{
    /// <summary>The time constant of the latency average: an observation this old has lost 63 % of its say.</summary>
    public static readonly TimeSpan LatencyDecay = TimeSpan.FromSeconds(10);

    private readonly double _secondsPerTick;
    private ServiceInstance _instance;
    private int _inFlight;
    private int _consecutiveFailures;
    private double _latency;
    private long _observed;
    private long _ejectedUntil = long.MinValue;

    /// <summary>Makes the statistics of an instance nobody has called yet.</summary>
    /// <param name="instance">The instance.</param>
    /// <param name="timestampFrequency">Ticks a second of the timestamps, <see cref="TimeProvider.TimestampFrequency"/>.</param>
    public EndpointState(ServiceInstance instance, long timestampFrequency)
    {
        ArgumentNullException.ThrowIfNull(instance);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(timestampFrequency);
        _instance = instance;
        _secondsPerTick = 1.0 / timestampFrequency;
    }

    /// <summary>What the source last said of the instance.</summary>
    public ServiceInstance Instance
    {
        get => Volatile.Read(ref _instance);
        set => Volatile.Write(ref _instance, value);
    }

    /// <summary>Attempts begun and not ended.</summary>
    public int InFlight => Volatile.Read(ref _inFlight);

    /// <summary>Attempts that failed since the last success.</summary>
    public int ConsecutiveFailures => Volatile.Read(ref _consecutiveFailures);

    /// <summary>Exponentially weighted average of the latency in seconds; 0 before the first observation. Peaks count at once.</summary>
    public double LatencySeconds => Volatile.Read(ref _latency);

    /// <summary>The timestamp until which the instance takes no calls; in the past when it does.</summary>
    public long EjectedUntil
    {
        get => Volatile.Read(ref _ejectedUntil);
        set => Volatile.Write(ref _ejectedUntil, value);
    }

    /// <summary>Counts an attempt as begun.</summary>
    public void Begin() => Interlocked.Increment(ref _inFlight);

    /// <summary>Counts an attempt as ended and learns from it.</summary>
    /// <param name="outcome">How it ended.</param>
    /// <param name="begun">The timestamp at which it began.</param>
    /// <param name="now">The timestamp at which it ended.</param>
    public void End(EndpointOutcome outcome, long begun, long now)
    {
        Interlocked.Decrement(ref _inFlight);
        if (outcome == EndpointOutcome.Abandoned)
        {
            return;
        }

        if (outcome == EndpointOutcome.Success)
        {
            Volatile.Write(ref _consecutiveFailures, 0);
        }
        else
        {
            Interlocked.Increment(ref _consecutiveFailures);
        }

        Observe((now - begun) * _secondsPerTick, now);
    }

    /// <summary>What the next call is expected to cost here: latency, faded with age, times the queue it would join.</summary>
    /// <param name="now">The timestamp of the pick.</param>
    /// <returns>Seconds; comparable among the instances of a service only.</returns>
    public double Cost(long now)
    {
        var age = (now - Volatile.Read(ref _observed)) * _secondsPerTick;
        var decay = LatencyDecay.TotalSeconds;
        // 1 / (1 + x) fades like exp(-x) where it matters and costs a division; an instance not called for long gets tried again.
        var latency = age <= 0 ? LatencySeconds : LatencySeconds * decay / (decay + age);
        return (latency + 1e-6) * (InFlight + 1);
    }

    private void Observe(double seconds, long now)
    {
        // Concurrent writers may lose an observation to each other; an average can bear that, a lock on the hot path cannot be borne.
        var age = Math.Max(0, (now - Volatile.Read(ref _observed)) * _secondsPerTick);
        var previous = LatencySeconds;
        var keep = Math.Exp(-age / LatencyDecay.TotalSeconds);
        Volatile.Write(ref _latency, seconds > previous ? seconds : (previous * keep) + (seconds * (1 - keep)));
        Volatile.Write(ref _observed, now);
    }
}
