using System.Runtime.InteropServices;

namespace CloudNative.Discovery.Balancing;

/// <summary>
/// What became of an instance's calls since the last comparison. Threads that count at once may lose a call to each
/// other: a rate can bear that, and an atomic count on every call would cost more than it tells.
/// </summary>
internal sealed class Window
{
    private Counts _counts;

    public void Add(EndpointOutcome outcome, long latency)
    {
        if (outcome == EndpointOutcome.Success)
        {
            _counts.Successes++;
            _counts.Latency += latency;
        }
        else if (outcome is not (EndpointOutcome.Abandoned or EndpointOutcome.Overloaded))
        {
            _counts.Failures++;
        }
    }

    /// <summary>What was counted; counting begins anew.</summary>
    public Observation Take(Member member)
    {
        var counts = _counts;
        _counts = default;
        return new Observation(member, counts.Successes, counts.Failures, counts.Latency);
    }

    // A cache line away from its neighbours on the heap, as the counters of an EndpointState are.
    [StructLayout(LayoutKind.Explicit, Size = 152)]
    private struct Counts
    {
        [FieldOffset(64)]
        public long Successes;

        [FieldOffset(72)]
        public long Failures;

        [FieldOffset(80)]
        public long Latency;
    }
}
