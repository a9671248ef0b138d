using Microsoft.Extensions.Logging;

namespace CloudNative.Hosting.Leadership;

internal sealed partial class LeaderElection<T>
{
    [LoggerMessage(Level = LogLevel.Information, Message = "{Service} leads: this process has the lease '{Lease}' under token {Token}.")]
    private partial void LogLeads(string service, string lease, long token);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "{Service} lost the lease '{Lease}', and another process may lead. Its work is cancelled here.")]
    private partial void LogLost(string service, string lease);

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "{Service} failed. The lease '{Lease}' is released, so that another process may do better.")]
    private partial void LogFailed(Exception exception, string service, string lease);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "Nobody can be asked who leads {Service}: {Reason} It is tried again until it works; this is said once.")]
    private partial void LogUnreachable(string service, string reason);

    [LoggerMessage(Level = LogLevel.Information, Message = "The election of who leads {Service} goes on.")]
    private partial void LogReachable(string service);
}
