using System.Numerics;

namespace CloudNative.Discovery;

/// <summary>
/// The live statistics of one instance: in flight, latency, failures. One object per (service, instance id) in a process; it survives
/// refreshes, reloads and handler rotation. All members are thread-safe and lock-free; reads may be a moment old.
/// </summary>
public sealed partial class EndpointState
{
    /// <summary>The time constant of the latency average: an observation this old has lost 63 % of its say.</summary>
    public static readonly TimeSpan LatencyDecay = TimeSpan.FromSeconds(10);

    /// <summary>
    /// A failure counts as this many times the latency known so far, however quick it was: an instance that fails fast must not look
    /// cheap. Failures in a row compound.
    /// </summary>
    public const int FailurePenalty = 4;

    private const double SmallestPenaltySeconds = 0.01;
    private const double LargestPenaltySeconds = 10;
    private const double LargestOverloadSeconds = 1;

    private readonly long _frequency;
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
        _frequency = timestampFrequency;
        _counters.EjectedUntil = long.MinValue;
        _counters.DistrustEnded = long.MinValue / 2;
        _counters.HalvingShift = BitOperations.Log2((ulong)(LatencyDecay.TotalSeconds * timestampFrequency));
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
    public double LatencySeconds => (double)Volatile.Read(ref _counters.Latency) / _frequency;

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

        if (outcome == EndpointOutcome.Success)
        {
            Volatile.Write(ref _counters.ConsecutiveFailures, 0);
            JudgeSuccess(begun, now);
            Observe(now - begun, now);
            return;
        }

        // Having too much to do is no failure, but must not look cheap either: it is said quickly.
        var isOverloaded = outcome == EndpointOutcome.Overloaded;
        if (!isOverloaded)
        {
            Interlocked.Increment(ref _counters.ConsecutiveFailures);
            Distrust(begun, now, Faded(now));
        }

        var most = isOverloaded ? LargestOverloadSeconds : LargestPenaltySeconds;
        var penalty = Math.Clamp(Faded(now) * FailurePenalty, (long)(SmallestPenaltySeconds * _frequency), (long)(most * _frequency));
        Observe(Math.Max(now - begun, penalty), now);
    }

    /// <summary>Whether an attempt here has ended well or badly, so that its latency is known.</summary>
    public bool IsObserved => Volatile.Read(ref _counters.Observed) != 0 && Volatile.Read(ref _counters.IsExpectation) == 0;

    /// <summary>
    /// Says what to take for the latency until the first observation replaces it. Without it an instance that nobody has called costs
    /// nothing however many requests wait there, and one that never answers would fill up. Does nothing once there was an observation.
    /// </summary>
    /// <param name="latency">In ticks of the clock.</param>
    /// <param name="now">The timestamp of now.</param>
    public void Expect(long latency, long now)
    {
        if (!IsObserved)
        {
            Volatile.Write(ref _counters.IsExpectation, 1);
            Volatile.Write(ref _counters.Latency, latency);
            Volatile.Write(ref _counters.Observed, now);
        }
    }

    /// <summary>
    /// Forgets the penalties of the last failures, or the sudden slowness: the latency is again what it was before. Called when an instance
    /// that was left out has shown that it works, so that it does not wait for its share of the calls until the penalties have faded.
    /// </summary>
    /// <param name="now">The timestamp of now.</param>
    public void Forgive(long now)
    {
        Volatile.Write(ref _counters.Latency, Volatile.Read(ref _counters.LatencyBefore));
        Volatile.Write(ref _counters.Observed, now);
        EndDistrust(now);
    }

    /// <summary>
    /// What the next call is expected to cost here: latency, faded with age, times the queue it would join. Where calls wait and none has
    /// ended for longer than usual, the latency counts up to <see cref="FailurePenalty"/> times: a failure that nobody has seen yet.
    /// </summary>
    /// <param name="now">The timestamp of the pick.</param>
    /// <returns>In ticks of the clock; comparable among the instances of a service only.</returns>
    public long Cost(long now)
    {
        var inFlight = InFlight;
        return (Expected(now, inFlight) + 1) * (inFlight + 1);
    }

    /// <summary>
    /// What the next call is expected to cost here, where the instance should carry another share of the calls than its siblings.
    /// </summary>
    /// <param name="now">The timestamp of the pick.</param>
    /// <param name="share">Its share, with 1 for the average of its siblings; more than 0.</param>
    /// <returns>In ticks of the clock; comparable among the instances of a service only.</returns>
    public double Cost(long now, double share)
    {
        var inFlight = InFlight;
        return (Expected(now, inFlight) + 1) * ((inFlight / share) + 1);
    }

    private long Expected(long now, int inFlight)
    {
        var silence = now - Volatile.Read(ref _counters.Observed);
        var latency = Volatile.Read(ref _counters.Latency);
        if (inFlight == 0)
        {
            if (silence >= _frequency && IsDistrusted && silence >= PauseTicks)
            {
                return 0;
            }
        }
        else if (silence > latency)
        {
            // It has been waited for that long, so it takes at least as long. Of one that never answered nothing else is known.
            latency = Volatile.Read(ref _counters.IsExpectation) != 0 ? silence : Math.Min(silence, latency * FailurePenalty);
        }

        return latency >> Halvings(silence);
    }

    // Fades by halves, in whole numbers: a pick waits for this, and a busy instance has been observed a moment ago anyway. One that is
    // not called for long gets cheap, and so is tried again.
    private long Faded(long now) =>
        Volatile.Read(ref _counters.Latency) >> Halvings(now - Volatile.Read(ref _counters.Observed));

    private int Halvings(long age) => (int)Math.Min(Math.Max(0, age) >> _counters.HalvingShift, 63);

    private void Observe(long latency, long now)
    {
        // Concurrent writers may lose an observation to each other; an average can bear that, a lock on the hot path cannot be borne.
        // 1 / (1 + x) fades like exp(-x) where it matters and costs a division.
        var previous = Volatile.Read(ref _counters.Latency);
        if (Volatile.Read(ref _counters.IsExpectation) != 0)
        {
            Volatile.Write(ref _counters.IsExpectation, 0);
            previous = 0;
        }

        var decay = LatencyDecay.TotalSeconds * _frequency;
        var keep = decay / (decay + Math.Max(0, now - Volatile.Read(ref _counters.Observed)));
        Volatile.Write(ref _counters.Latency, latency > previous ? latency : (long)((previous * keep) + (latency * (1 - keep))));
        Volatile.Write(ref _counters.Observed, now);
    }
}
