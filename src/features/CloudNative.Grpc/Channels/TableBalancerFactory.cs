using Grpc.Net.Client.Balancer;

namespace CloudNative.Grpc.Channels;

/// <summary>Balances channels whose addresses the table has resolved.</summary>
internal sealed class TableBalancerFactory : LoadBalancerFactory
{
    public const string PolicyName = "cloudnative_table";

    public override string Name => PolicyName;

    public override LoadBalancer Create(LoadBalancerOptions options) => new TableBalancer(options.Controller, options.LoggerFactory);
}
