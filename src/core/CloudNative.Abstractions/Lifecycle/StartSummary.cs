using System.Text;
using CloudNative.Providers;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CloudNative.Lifecycle;

/// <summary>
/// Says once, in one log entry of at most eight lines, who started, where, on which providers and why.
/// </summary>
internal sealed partial class StartSummary(
    ServiceInfo service,
    IHostEnvironment environment,
    ProviderSelector selector,
    IEnumerable<IStartSummaryContributor> contributors,
    ILogger<StartSummary> logger)
{
    internal const int MostLines = 8;
    private const int ServiceOrder = 0;
    private const int ProviderOrder = 20;

    public void Write()
    {
        if (logger.IsEnabled(LogLevel.Information))
        {
            LogStarted(Describe());
        }
    }

    internal string Describe()
    {
        var lines = contributors.Select(Ask).OfType<StartSummaryLine>()
            .Concat(selector.InUse.Select(selector.Choose).Where(IsWorthALine).Select(Describe))
            .Append(new StartSummaryLine("service", DescribeService(), ServiceOrder))
            .OrderBy(line => line.Order)
            .ThenBy(line => line.Label, StringComparer.Ordinal)
            .Take(MostLines)
            .ToList();
        var width = lines.Max(line => line.Label.Length);
        var text = new StringBuilder();
        foreach (var line in lines)
        {
            text.Append(text.Length == 0 ? string.Empty : Environment.NewLine)
                .Append(line.Label.PadRight(width)).Append("  ").Append(OneLine(line.Text));
        }

        return text.ToString();
    }

    // That nobody serves leases or events is no news where nobody asked for them.
    private static bool IsWorthALine(ProviderChoice choice) =>
        choice.Provider is not null || choice.Feature == CloudNativeFeatures.Discovery;

    private static StartSummaryLine Describe(ProviderChoice choice) =>
#pragma warning disable CA1308 // Labels are lower case for the eye; nothing is compared.
        new(choice.Feature.ToLowerInvariant(), $"{choice.Provider ?? "none"} ({choice.Reason})", ProviderOrder);
#pragma warning restore CA1308

    private static string OneLine(string text) => text.ReplaceLineEndings(" ");

    private string DescribeService() =>
        $"{service.Name} {service.Version}, instance {service.InstanceId}, {environment.EnvironmentName}";

    private StartSummaryLine? Ask(IStartSummaryContributor contributor)
    {
        try
        {
            return contributor.Describe();
        }
        catch (Exception exception)
        {
            // A line that cannot be written must not stop a service that runs.
            LogNoLine(exception, contributor.GetType().Name);
            return null;
        }
    }

    [LoggerMessage(1, LogLevel.Information, "{Summary}")]
    private partial void LogStarted(string summary);

    [LoggerMessage(2, LogLevel.Warning, "{Contributor} could not add its line to the start summary.")]
    private partial void LogNoLine(Exception exception, string contributor);
}
