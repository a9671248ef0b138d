using System.Runtime.CompilerServices;
using CloudNative.Discovery;

namespace CloudNative.Http.Limits;

/// <summary>The limits of one client, one per instance.</summary>
internal sealed class ClientLimits(TimeProvider time)
{
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(30);

    private readonly ConditionalWeakTable<EndpointState, AdaptiveLimit> _limits = [];
    private long _lastRejection = long.MinValue;

    public AdaptiveLimit Of(EndpointState state) =>
        _limits.TryGetValue(state, out var limit)
            ? limit
            : _limits.GetValue(state, _ => new AdaptiveLimit(time.TimestampFrequency));

    /// <summary>Notes that a call was rejected.</summary>
    /// <returns>Whether it is the first one for half a minute, which is worth a line in the log.</returns>
    public bool NoteRejection()
    {
        var now = time.GetTimestamp();
        var last = Interlocked.Exchange(ref _lastRejection, now);
        return last == long.MinValue || time.GetElapsedTime(last, now) > Quiet;
    }
}
