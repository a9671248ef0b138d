using System.Runtime.InteropServices;

namespace CloudNative.Discovery;

/// <summary>
/// The live statistics of one instance: in flight, latency, failures. One object per (service, instance id) in a process; it survives
/// refreshes, reloads and handler rotation. All members are thread-safe and lock-free; reads may be a moment old.
/// </summary>
public sealed class EndpointState
{
    /// <summary>The time constant of the latency average: an observation this old has lost 63 % of its say.</summary>
    public static readonly TimeSpan LatencyDecay = TimeSpan.FromSeconds(10);

    /// <summary>
    /// A failure counts as this many times the latency known so far, however quick it was: an instance that fails fast must not look
    /// cheap. Failures in a row compound.
    /// </summary>
    public const int FailurePenalty = 4;

    private const double DecaySeconds = 10;
    private const double SmallestPenaltySeconds = 0.01;
    private const double LargestPenaltySeconds = 10;
    private const double LatencyFloorSeconds = 1e-6;

    private readonly double _secondsPerTick;
    private ServiceInstance _instance;
    private Counters _counters;

    /// <summary>Makes the statistics of an instance nobody has called yet.</summary>
    /// <param name="instance">The instance.</param>
    /// <param name="timestampFrequency">Ticks a second of the timestamps, <see cref="TimeProvider.TimestampFrequency"/>.</param>
    public EndpointState(ServiceInstance instance, long timestampFrequency)
    {
        ArgumentNullException.ThrowIfNull(instance);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(timestampFrequency);
        _instance = instance;
        _secondsPerTick = 1.0 / timestampFrequency;
        _counters.EjectedUntil = long.MinValue;
    }

    /// <summary>What the source last said of the instance.</summary>
    public ServiceInstance Instance
    {
        get => Volatile.Read(ref _instance);
        set => Volatile.Write(ref _instance, value);
    }

    /// <summary>Attempts begun and not ended.</summary>
    public int InFlight => Volatile.Read(ref _counters.InFlight);

    /// <summary>Attempts that failed since the last success.</summary>
    public int ConsecutiveFailures => Volatile.Read(ref _counters.ConsecutiveFailures);

    /// <summary>
    /// Exponentially weighted average of the latency in seconds, failures included with their penalty; 0 before the first observation.
    /// Peaks count at once.
    /// </summary>
    public double LatencySeconds => Volatile.Read(ref _counters.Latency);

    /// <summary>The timestamp until which the instance takes no calls; in the past when it does.</summary>
    public long EjectedUntil
    {
        get => Volatile.Read(ref _counters.EjectedUntil);
        set => Volatile.Write(ref _counters.EjectedUntil, value);
    }

    /// <summary>Counts an attempt as begun.</summary>
    public void Begin() => Interlocked.Increment(ref _counters.InFlight);

    /// <summary>Counts an attempt as ended and learns from it.</summary>
    /// <param name="outcome">How it ended.</param>
    /// <param name="begun">The timestamp at which it began.</param>
    /// <param name="now">The timestamp at which it ended.</param>
    public void End(EndpointOutcome outcome, long begun, long now)
    {
        Interlocked.Decrement(ref _counters.InFlight);
        if (outcome == EndpointOutcome.Abandoned)
        {
            return;
        }

        var seconds = (now - begun) * _secondsPerTick;
        if (outcome == EndpointOutcome.Success)
        {
            Volatile.Write(ref _counters.ConsecutiveFailures, 0);
            Observe(seconds, now);
            return;
        }

        Interlocked.Increment(ref _counters.ConsecutiveFailures);
        var penalty = Math.Clamp(Faded(now) * FailurePenalty, SmallestPenaltySeconds, LargestPenaltySeconds);
        Observe(Math.Max(seconds, penalty), now);
    }

    /// <summary>What the next call is expected to cost here: latency, faded with age, times the queue it would join.</summary>
    /// <param name="now">The timestamp of the pick.</param>
    /// <returns>Seconds; comparable among the instances of a service only.</returns>
    public double Cost(long now) => (Faded(now) + LatencyFloorSeconds) * (InFlight + 1);

    // 1 / (1 + x) fades like exp(-x) where it matters and costs a division; an instance not called for long gets tried again.
    private double Faded(long now)
    {
        var age = (now - Volatile.Read(ref _counters.Observed)) * _secondsPerTick;
        return age <= 0 ? LatencySeconds : LatencySeconds * DecaySeconds / (DecaySeconds + age);
    }

    private void Observe(double seconds, long now)
    {
        // Concurrent writers may lose an observation to each other; an average can bear that, a lock on the hot path cannot be borne.
        var age = Math.Max(0, (now - Volatile.Read(ref _counters.Observed)) * _secondsPerTick);
        var previous = LatencySeconds;
        var keep = Math.Exp(-age / DecaySeconds);
        Volatile.Write(ref _counters.Latency, seconds > previous ? seconds : (previous * keep) + (seconds * (1 - keep)));
        Volatile.Write(ref _counters.Observed, now);
    }

    // What every attempt writes stands a cache line away from its neighbours on the heap, or threads that call different instances
    // would wait for each other.
    [StructLayout(LayoutKind.Explicit, Size = 160)]
    private struct Counters
    {
        [FieldOffset(64)]
        public int InFlight;

        [FieldOffset(68)]
        public int ConsecutiveFailures;

        [FieldOffset(72)]
        public double Latency;

        [FieldOffset(80)]
        public long Observed;

        [FieldOffset(88)]
        public long EjectedUntil;
    }
}
