using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;

namespace CloudNative.Health.Evaluation;

internal sealed partial class HealthState
{
    private void LogChanges(
        string check, CheckResult? before, CheckResult result, HealthSnapshot previous, HealthSnapshot next)
    {
        var was = before?.Status ?? HealthStatus.Healthy;
        if (was != result.Status)
        {
            var level = result.Status == HealthStatus.Healthy ? LogLevel.Information : LogLevel.Warning;
            LogCheck(level, result.Exception, check, was, result.Status, result.Description ?? "no description");
        }

        // The first round only fills in what nobody knew; that the service is ready then is what a start means.
        var known = !Array.Exists(_results, each => each is null);
        if (known && before is not null && previous.Ready != next.Ready)
        {
            LogReady(previous.Ready, next.Ready);
        }
    }

    [LoggerMessage(EventId = 1, Message = "Health check {Check} went from {Before} to {After}: {Description}")]
    private partial void LogCheck(
        LogLevel level,
        Exception? exception,
        string check,
        HealthStatus before,
        HealthStatus after,
        string description);

    [LoggerMessage(2, LogLevel.Information, "Readiness went from {Before} to {After}.")]
    private partial void LogReady(HealthStatus before, HealthStatus after);
}
