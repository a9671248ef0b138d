using Microsoft.Extensions.Logging;

namespace CloudNative.Discovery.Resolution;

internal sealed partial class EndpointScreen
{
    [LoggerMessage(1, LogLevel.Warning,
        "{Service}: {Source} lists {Address}, which cannot be right ({Reason}); it is left out, as all others with that reason will be.")]
    private partial void LogDropped(string service, string source, string address, string reason);
}
