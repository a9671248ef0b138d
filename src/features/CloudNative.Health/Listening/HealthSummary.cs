using CloudNative.Health.Evaluation;
using CloudNative.Lifecycle;
using Microsoft.Extensions.Options;

namespace CloudNative.Health.Listening;

internal sealed class HealthSummary(IOptions<HealthOptions> options, HealthState state) : IStartSummaryContributor
{
    private const int Order = 40;

    public StartSummaryLine? Describe()
    {
        var (health, paths) = (options.Value, options.Value.Paths);
        if (!health.Enabled)
        {
            return new StartSummaryLine("health", "switched off by CloudNative:Health:Enabled", Order);
        }

        var checks = state.Checks.Count == 1 ? "1 check" : $"{state.Checks.Count} checks";
        var port = health.Port is { } only ? $" on port {only}" : string.Empty;
        return new StartSummaryLine("health", $"{paths.Startup} {paths.Ready} {paths.Live}{port}, {checks}", Order);
    }
}
