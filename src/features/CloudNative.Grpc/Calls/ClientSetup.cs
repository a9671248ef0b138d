using Grpc.Net.Client;
using Grpc.Net.ClientFactory;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CloudNative.Grpc.Calls;

/// <summary>Has the last word on each client of the factory.</summary>
internal sealed partial class ClientSetup(ILogger<ClientSetup> logger) : IPostConfigureOptions<GrpcClientFactoryOptions>
{
    public void PostConfigure(string? name, GrpcClientFactoryOptions options)
    {
        options.InterceptorRegistrations.Insert(
            0,
            new InterceptorRegistration(InterceptorScope.Channel, services => services.GetRequiredService<DeadlineInterceptor>()));
        options.ChannelOptionsActions.Add(channel => LookForRetries(name ?? string.Empty, channel));
    }

    private void LookForRetries(string client, GrpcChannelOptions channel)
    {
        if (channel.ServiceConfig?.MethodConfigs.Any(method => method.RetryPolicy is not null || method.HedgingPolicy is not null) == true)
        {
            LogTwoLayers(client);
        }
    }

    [LoggerMessage(
        1,
        LogLevel.Warning,
        "gRPC client {Client} retries or hedges by its channel's ServiceConfig, and the pipeline may do so, too: two layers multiply. "
        + "Remove that policy, or set CloudNative:Clients:{Client}:Retry:MaxAttempts to 1.")]
    private partial void LogTwoLayers(string client);
}
