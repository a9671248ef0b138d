using CloudNative.Discovery;
using Grpc.Core;
using Grpc.Net.Client.Balancer;

namespace CloudNative.Grpc.Channels;

/// <summary>Tells the table how a call went, as far as the channel says: whether its transport failed.</summary>
internal sealed class PickedCall(EndpointPick pick) : ISubchannelCallTracker
{
    public void Start()
    {
        // The instance counts as busy since it was picked.
    }

    public void Complete(CompletionContext context) => pick.Complete(context.Error switch
    {
        null => EndpointOutcome.Success,
        OperationCanceledException => EndpointOutcome.Abandoned,
        RpcException { StatusCode: StatusCode.Cancelled or StatusCode.DeadlineExceeded } => EndpointOutcome.Abandoned,
        RpcException { StatusCode: StatusCode.ResourceExhausted } => EndpointOutcome.Overloaded,
        RpcException { StatusCode: not (StatusCode.Unavailable or StatusCode.Internal or StatusCode.Unknown or StatusCode.DataLoss) } =>
            EndpointOutcome.Success,
        _ => EndpointOutcome.Failure,
    });
}
