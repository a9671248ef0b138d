using CloudNative.Discovery;
using Grpc.Net.Client.Balancer;
using PickContext = Grpc.Net.Client.Balancer.PickContext;

namespace CloudNative.Grpc.Channels;

/// <summary>Picks for each call by the table's policy, among the instances that are connected.</summary>
internal sealed class TablePicker : SubchannelPicker
{
    private readonly Dictionary<string, Subchannel> _ready = new(StringComparer.Ordinal);
    private readonly ChannelService? _service;

    public TablePicker(IReadOnlyList<Subchannel> ready)
    {
        foreach (var subchannel in ready)
        {
            var address = subchannel.CurrentAddress ?? subchannel.GetAddresses()[0];
            _service ??= ChannelService.Of(address);
            _ready[ChannelService.InstanceOf(address)] = subchannel;
        }
    }

    public override PickResult Pick(PickContext context)
    {
        if (_service is null)
        {
            return PickResult.ForQueue();
        }

        // An instance that the table would choose and that is not connected yet is passed over.
        var passedOver = Array.Empty<EndpointState>();
        while (_service.Endpoints.TryPick(new PickRequest(_service.Query, tried: passedOver), out var pick))
        {
            if (_ready.TryGetValue(pick.State.Instance.Id, out var subchannel))
            {
                return PickResult.ForSubchannel(subchannel, new PickedCall(pick));
            }

            pick.Complete(EndpointOutcome.Abandoned);
            passedOver = [.. passedOver, pick.State];
        }

        return PickResult.ForQueue();
    }
}
