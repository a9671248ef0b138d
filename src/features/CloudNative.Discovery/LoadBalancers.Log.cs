using CloudNative.Discovery.Balancing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CloudNative.Discovery;

public sealed partial class LoadBalancers
{
    /// <summary>Says of settings what is allowed, and yet does nothing here.</summary>
    private void Warn(BalancingSettings settings)
    {
        if (settings.ZoneOverprovisioning > 0 && _services.GetRequiredService<ServiceInfo>().Zone is null)
        {
            LogNoZone(_services.GetRequiredService<ILogger<LoadBalancers>>());
        }
    }

    [LoggerMessage(1, LogLevel.Warning,
        "PreferZone is set, but this process does not know its own zone, so all zones are called. Set CloudNative:Service:Zone.")]
    private static partial void LogNoZone(ILogger logger);
}
