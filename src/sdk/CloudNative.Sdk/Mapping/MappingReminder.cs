using CloudNative.Health;
using CloudNative.Lifecycle;
using CloudNative.Providers;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CloudNative.Sdk.Mapping;

/// <summary>Says once that a registered web service forgot <c>MapCloudNative</c>: nobody can probe it.</summary>
internal sealed partial class MappingReminder(
    MappedEndpoints mapped,
    IServiceProvider services,
    IProviderSelector providers,
    IHostModeProvider mode,
    IOptions<HealthOptions> health,
    ILogger<MappingReminder> logger) : ILifecycleParticipant
{
    public ValueTask AnnounceAsync(CancellationToken cancellationToken)
    {
        var isWeb = mode.Mode == HostMode.Service && services.GetService<IServer>() is not null;
        var isRegistered = providers.Choose(CloudNativeFeatures.Discovery).Provider is not null;
        if (isWeb && isRegistered && health.Value.Enabled && !mapped.IsMapped)
        {
            LogForgotten(health.Value.Paths.Ready);
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask<TimeSpan> WithdrawAsync(CancellationToken cancellationToken) =>
        ValueTask.FromResult(TimeSpan.Zero);

    public ValueTask DrainAsync(CancellationToken cancellationToken) => ValueTask.CompletedTask;

    [LoggerMessage(
        1, LogLevel.Warning, "{Path} and the other probes are not mapped, nobody can probe this service: app.MapCloudNative().")]
    private partial void LogForgotten(string path);
}
