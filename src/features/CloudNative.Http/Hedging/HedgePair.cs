using CloudNative.Discovery;

namespace CloudNative.Http.Hedging;

/// <summary>What a call and its hedge know of each other.</summary>
internal sealed class HedgePair
{
    private EndpointState? _picked;

    /// <summary>Where the call's current attempt went; the hedge goes elsewhere.</summary>
    public EndpointState? Picked
    {
        get => Volatile.Read(ref _picked);
        set => Volatile.Write(ref _picked, value);
    }
}
