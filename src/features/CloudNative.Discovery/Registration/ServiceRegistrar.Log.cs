using CloudNative.Discovery.Configuration;
using Microsoft.Extensions.Logging;

namespace CloudNative.Discovery.Registration;

internal sealed partial class ServiceRegistrar
{
    [LoggerMessage(1, LogLevel.Debug, "Not registered: {Reason}.")]
    private partial void LogNotRegistering(string reason);

    [LoggerMessage(2, LogLevel.Information, "{Service} is registered as {Instance} at {Addresses} with {Provider} ({Reason}).")]
    private partial void LogRegistered(string service, string instance, string addresses, string provider, string reason);

    [LoggerMessage(3, LogLevel.Warning, "{Service} could not be registered with {Provider}, which is tried again: {Reason}")]
    private partial void LogRetrying(Exception? exception, string service, string provider, string reason);

    [LoggerMessage(4, LogLevel.Error, DiscoveryErrors.NotReachable + " Not registered, so neighbours do not find this service: {Reason}")]
    private partial void LogRefused(string reason);

    [LoggerMessage(5, LogLevel.Information, "{Service} says of itself that it {Readiness}.")]
    private partial void LogReadiness(string service, string readiness);

    [LoggerMessage(6, LogLevel.Warning, "{Service} could not tell the registry of its readiness, which is tried again: {Reason}")]
    private partial void LogReadinessNotTold(Exception? exception, string service, string reason);

    [LoggerMessage(7, LogLevel.Information, "{Service} is deregistered ({Instance}).")]
    private partial void LogWithdrawn(string service, string instance);

    [LoggerMessage(8, LogLevel.Warning, "{Service} could not be deregistered ({Instance}); neighbours find out by themselves.")]
    private partial void LogNotWithdrawn(Exception exception, string service, string instance);

    [LoggerMessage(9, LogLevel.Error, "Registration has ended unexpectedly.")]
    private partial void LogBroken(Exception exception);
}
