using CloudNative.Comparison.Load;
using Grpc.Core;
using Grpc.Net.Client;
using Grpc.Net.Client.Balancer;
using Grpc.Net.Client.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace CloudNative.Comparison.Peers;

/// <summary>Who speaks gRPC with the same instances: our client, and grpc-dotnet's own balancing over an unmodified channel.</summary>
internal static class GrpcStacks
{
    public const string HereName = "here, gRPC";
    public const string BlindName = "here, gRPC, round robin, ejection off";
    public const string RoundRobinName = "grpc-dotnet round_robin";

    // It has no time limit of its own; its documentation asks for a deadline on every call. As long as an attempt of the others may take.
    private static readonly TimeSpan _deadline = TimeSpan.FromSeconds(10);

    public static Stack Here(IReadOnlyDictionary<string, string?> settings, Action<IServiceCollection>? more = null) =>
        Create(HereName, settings, more);

    /// <summary>Ours, choosing as the peer does and leaving nobody out.</summary>
    public static Stack Blind(IReadOnlyDictionary<string, string?> settings, Action<IServiceCollection>? more = null) =>
        Create(BlindName, Stacks.BlindSettings(settings), more);

    /// <summary>A connection to each instance and all calls in turn; retries and connections as the documentation sets them up.</summary>
    public static Stack RoundRobin(
        IReadOnlyDictionary<string, string?> settings, Action<IServiceCollection>? more = null) => Stack.Create(
        RoundRobinName,
        settings,
        services =>
        {
            var addresses = ServiceAddresses.Of(settings, Face.Grpc).Select(uri => new BalancerAddress(uri.Host, uri.Port)).ToList();
            services.AddSingleton<ResolverFactory>(new StaticResolverFactory(_ => addresses));
            services.AddSingleton(CreateChannel);
            services.AddSingleton(provider => new Catalog.CatalogClient(provider.GetRequiredService<GrpcChannel>()));
        },
        more,
        call: (services, safe) => By(
            services, safe, () => new CallOptions(deadline: (TimeProvider.System.GetUtcNow() + _deadline).UtcDateTime)));

    private static Stack Create(
        string name, IReadOnlyDictionary<string, string?> settings, Action<IServiceCollection>? more) => Stack.Create(
        name,
        settings,
        services =>
        {
            services.AddCloudNativeGrpc();
            services.AddGrpcClient<Catalog.CatalogClient>(client => client.Address = new Uri("http://_grpc.catalog"))
                .AddIdempotentMethods(Catalog.Descriptor);
        },
        more,
        call: (services, safe) => By(services, safe, () => default));

    private static GrpcChannel CreateChannel(IServiceProvider services) => GrpcChannel.ForAddress(
        "static:///catalog",
        new GrpcChannelOptions
        {
            Credentials = ChannelCredentials.Insecure,
            ServiceProvider = services,
            HttpHandler = new SocketsHttpHandler
            {
                EnableMultipleHttp2Connections = true,
                PooledConnectionIdleTimeout = Timeout.InfiniteTimeSpan,
                KeepAlivePingDelay = TimeSpan.FromSeconds(60),
                KeepAlivePingTimeout = TimeSpan.FromSeconds(30),
            },
            DisposeHttpClient = true,
            ServiceConfig = new ServiceConfig
            {
                LoadBalancingConfigs = { new RoundRobinConfig() },
                MethodConfigs =
                {
                    new MethodConfig
                    {
                        Names = { MethodName.Default },
                        RetryPolicy = new RetryPolicy
                        {
                            MaxAttempts = 5,
                            InitialBackoff = TimeSpan.FromSeconds(1),
                            MaxBackoff = TimeSpan.FromSeconds(5),
                            BackoffMultiplier = 1.5,
                            RetryableStatusCodes = { StatusCode.Unavailable },
                        },
                    },
                },
            },
        });

    // What is not good is thrown.
    private static Call By(IServiceProvider services, bool safe, Func<CallOptions> options)
    {
        var client = services.GetRequiredService<Catalog.CatalogClient>();
        return async cancellationToken =>
        {
            var with = options().WithCancellationToken(cancellationToken);
            using var call = safe ? client.GetAsync(new Question(), with) : client.PutAsync(new Question(), with);
            await call;
            return true;
        };
    }
}
