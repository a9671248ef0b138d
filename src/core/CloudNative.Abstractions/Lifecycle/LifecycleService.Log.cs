using Microsoft.Extensions.Logging;

namespace CloudNative.Lifecycle;

internal sealed partial class LifecycleService
{
    [LoggerMessage(1, LogLevel.Information, "Withdrawn; serving on for {Seconds:0.###} s while neighbours notice.")]
    private partial void LogWaiting(double seconds);

    [LoggerMessage(2, LogLevel.Information, "Drained in {Seconds:0.###} s; stopping.")]
    private partial void LogDrained(double seconds);

    [LoggerMessage(
        3, LogLevel.Warning,
        "Work was left in {Participants} when CloudNative:Lifecycle:DrainTimeout ({Seconds:0.###} s) had passed.")]
    private partial void LogDrainCutShort(string participants, double seconds);
}
