using CloudNative.Discovery.Resolution;
using Microsoft.Extensions.Logging;

namespace CloudNative.Discovery;

public sealed partial class ServiceEndpoints
{
    private void LogChange(EndpointSnapshot before, Verdict after)
    {
        if (after.IsStale != before.IsStale)
        {
            if (after.IsStale)
            {
                LogStale(Service, after.Instances.Count, after.Reason);
            }
            else if (before.Status != ServiceStatus.Unknown)
            {
                LogFresh(Service, after.Instances.Count);
            }
        }

        if (after.Status != before.Status || after.Instances.Count != before.Endpoints.Length)
        {
            LogEndpoints(Service, after.Status, after.Instances.Count, before.Endpoints.Length);
        }
    }

    [LoggerMessage(1, LogLevel.Information, "{Service}: {Status}, {Count} instances (before: {Before}).")]
    private partial void LogEndpoints(string service, ServiceStatus status, int count, int before);

    [LoggerMessage(2, LogLevel.Warning, "{Service}: the last known {Count} instances stay in force: {Reason}.")]
    private partial void LogStale(string service, int count, string? reason);

    [LoggerMessage(3, LogLevel.Information, "{Service}: up to date again with {Count} instances.")]
    private partial void LogFresh(string service, int count);

    [LoggerMessage(4, LogLevel.Warning, "{Service}: no source has answered within the time of CloudNative:Discovery:FirstAnswerTimeout.")]
    private partial void LogNoAnswer(string service);
}
