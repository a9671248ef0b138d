using CloudNative.Lifecycle;

namespace CloudNative.Gateway.Routes;

/// <summary>One line at start: how many routes lead to which services.</summary>
internal sealed class GatewaySummary(ServiceRouteProvider routes) : IStartSummaryContributor
{
    public StartSummaryLine? Describe()
    {
        if (!routes.IsEnabled)
        {
            return new StartSummaryLine("gateway", "off");
        }

        var table = routes.Current;
        var services = table.Clusters
            .SelectMany(cluster => cluster.Destinations!.Values)
            .Select(destination => destination.Address[(destination.Address.IndexOf("://", StringComparison.Ordinal) + 3)..])
            .Distinct(StringComparer.OrdinalIgnoreCase)
            .ToList();
        return services.Count == 0
            ? null
            : new StartSummaryLine("gateway", $"{table.Routes.Count} routes to {string.Join(", ", services)}");
    }
}
