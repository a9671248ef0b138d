using Grpc.Net.Client.Balancer;
using Microsoft.Extensions.Logging;

namespace CloudNative.Grpc.Channels;

/// <summary>Keeps a connection to each instance; the table says which of them takes a call.</summary>
internal sealed class TableBalancer(IChannelControlHelper controller, ILoggerFactory loggers) : SubchannelsLoadBalancer(controller, loggers)
{
    protected override SubchannelPicker CreatePicker(IReadOnlyList<Subchannel> readySubchannels) => new TablePicker(readySubchannels);
}
