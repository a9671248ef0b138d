using System.Runtime.InteropServices;

namespace CloudNative.Discovery;

public sealed partial class EndpointState
{
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
        public long Latency;

        [FieldOffset(80)]
        public long Observed;

        [FieldOffset(88)]
        public long EjectedUntil;

        [FieldOffset(104)]
        public long LatencyBefore;

        [FieldOffset(112)]
        public int IsExpectation;

        [FieldOffset(116)]
        public int Doublings;

        [FieldOffset(120)]
        public long DistrustEnded;

        [FieldOffset(128)]
        public int IsDistrusted;

        // Never written again; here so that a cost reads one line of memory.
        [FieldOffset(96)]
        public int HalvingShift;
    }
}
