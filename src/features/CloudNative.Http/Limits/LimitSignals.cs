using CloudNative.Discovery;

namespace CloudNative.Http.Limits;

/// <summary>Reads the signal from what an attempt says of its instance.</summary>
internal static class LimitSignals
{
    public static LimitSignal Of(EndpointOutcome outcome) => outcome switch
    {
        EndpointOutcome.Success => LimitSignal.Done,
        EndpointOutcome.Overloaded or EndpointOutcome.Timeout => LimitSignal.Overload,
        _ => LimitSignal.Nothing,
    };
}
