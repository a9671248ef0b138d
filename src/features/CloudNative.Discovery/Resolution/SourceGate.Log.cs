using Microsoft.Extensions.Logging;

namespace CloudNative.Discovery.Resolution;

internal sealed partial class SourceGate
{
    [LoggerMessage(1, LogLevel.Warning, "Discovery source {Source} is unavailable ({Reason}); what it said last stays in force.")]
    private partial void LogDown(string source, string reason);

    [LoggerMessage(2, LogLevel.Information, "Discovery source {Source} answers again after {Seconds:0.0} s.")]
    private partial void LogUp(string source, double seconds);
}
