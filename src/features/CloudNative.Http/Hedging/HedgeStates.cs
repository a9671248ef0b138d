using System.Collections.Concurrent;

namespace CloudNative.Http.Hedging;

/// <summary>The states of this process, one per client and service.</summary>
internal sealed class HedgeStates(TimeProvider time)
{
    private readonly ConcurrentDictionary<(string Client, string Service), HedgeState> _states = new();

    public HedgeState Get(string client, string service) => _states.GetOrAdd(
        (client, service), static (_, time) => new HedgeState(time.TimestampFrequency), time);
}
