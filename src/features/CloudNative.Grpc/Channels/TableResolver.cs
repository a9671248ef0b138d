using CloudNative.Discovery;
using Grpc.Core;
using Grpc.Net.Client.Balancer;
using Grpc.Net.Client.Configuration;

namespace CloudNative.Grpc.Channels;

/// <summary>Hands the addresses of a service to a channel, now and whenever they change.</summary>
internal sealed class TableResolver(ChannelService service) : Resolver
{
    private readonly CancellationTokenSource _stopping = new();
    private readonly ServiceConfig _config = new()
    {
        LoadBalancingConfigs = { new LoadBalancingConfig(TableBalancerFactory.PolicyName) },
    };

    public override void Start(Action<ResolverResult> listener) => _ = FollowAsync(listener);

    // The table is told of changes; there is nothing to ask for.
    public override void Refresh()
    {
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _stopping.Cancel();
            _stopping.Dispose();
        }

        base.Dispose(disposing);
    }

    private async Task FollowAsync(Action<ResolverResult> listener)
    {
        var cancellationToken = _stopping.Token;
        try
        {
            var snapshot = await service.Endpoints.WaitForAnswerAsync(cancellationToken).ConfigureAwait(false);
            while (true)
            {
                Tell(listener, snapshot);
                snapshot = await service.Endpoints.WaitForChangeAsync(snapshot, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
            // The channel is gone.
        }
    }

    private void Tell(Action<ResolverResult> listener, EndpointSnapshot snapshot)
    {
        var addresses = service.AddressesIn(snapshot);
        var name = service.Endpoints.Service;
        listener(addresses.Count > 0
            ? ResolverResult.ForResult(addresses, _config, Status.DefaultSuccess)
            : ResolverResult.ForFailure(new Status(
                StatusCode.Unavailable,
                snapshot.Status switch
                {
                    ServiceStatus.Known => $"Service '{name}' is known, but no instance of it serves this channel now.",
                    ServiceStatus.NotFound => $"No service '{name}' is known.",
                    _ => $"Service '{name}' cannot be looked up: {snapshot.Reason}.",
                })));
    }
}
