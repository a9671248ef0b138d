using Grpc.Core;

namespace CloudNative.Comparison.Chain;

internal sealed class HopService(ChainHop hop) : Hop.HopBase
{
    public override async Task<Nothing> Pass(Nothing request, ServerCallContext context)
    {
        await hop.PassAsync(context.GetHttpContext(), context.RequestHeaders.GetValue(ChainHop.GivesUpAt)!, context.CancellationToken);
        return new Nothing();
    }
}
