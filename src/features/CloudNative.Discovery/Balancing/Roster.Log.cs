using Microsoft.Extensions.Logging;

namespace CloudNative.Discovery.Balancing;

internal sealed partial class Roster
{
    private void LogPanicChange(bool panic)
    {
        var ejected = _members.Count(member => member.IsEjected);
        if (panic)
        {
            LogPanic(service, ejected, _members.Length);
        }
        else
        {
            LogPanicOver(service, ejected, _members.Length);
        }
    }

    [LoggerMessage(1, LogLevel.Warning,
        "{Service}: instance {Instance} at {Address} is ejected after {Failures} failures in a row ({Cause}), for {Seconds:0.0} s.")]
    private partial void LogEjected(
        string service, string instance, string address, int failures, string cause, double seconds);

    [LoggerMessage(2, LogLevel.Debug,
        "{Service}: instance {Instance} at {Address} failed its trial and stays ejected for {Seconds:0.0} s.")]
    private partial void LogStillEjected(string service, string instance, string address, double seconds);

    [LoggerMessage(3, LogLevel.Information, "{Service}: instance {Instance} at {Address} is back after {Seconds:0.0} s.")]
    private partial void LogReinstated(string service, string instance, string address, double seconds);

    [LoggerMessage(4, LogLevel.Warning,
        "{Service}: {Ejected} of {Total} instances fail, too many to do without; the failing ones are called again.")]
    private partial void LogPanic(string service, int ejected, int total);

    [LoggerMessage(6, LogLevel.Warning,
        "{Service}: instance {Instance} at {Address} is ejected for {Seconds:0.0} s: {Finding}.")]
    private partial void LogOutlier(string service, string instance, string address, double seconds, string finding);

    [LoggerMessage(5, LogLevel.Information, "{Service}: enough instances are healthy again; {Ejected} of {Total} are ejected.")]
    private partial void LogPanicOver(string service, int ejected, int total);
}
