namespace Shop.Providers;

/// <summary>The providers that the Shop can be run on. Each serves when it is named; unnamed, the embedded one serves.</summary>
internal static class ShopProviders
{
    /// <summary>
    /// <c>--provider consul</c>: discovery and leases. <c>--provider postgresql</c>: events and leases. <c>--provider rabbitmq</c>: events.
    /// In a cluster, <c>kubernetes</c>: discovery.
    /// </summary>
    public static IServiceCollection AddShopProviders(this IServiceCollection services) => services
        .AddCloudNativeConsul()
        .AddCloudNativeKubernetes()
        .AddCloudNativePostgreSql()
        .AddCloudNativeRabbitMq();
}
