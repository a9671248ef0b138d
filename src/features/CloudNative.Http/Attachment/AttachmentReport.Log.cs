using Microsoft.Extensions.Logging;

namespace CloudNative.Http.Attachment;

internal sealed partial class AttachmentReport
{
    [LoggerMessage(
        1,
        LogLevel.Information,
        "Client '{Client}' has a resilience handler of its own and keeps it; it gets discovery only.")]
    private partial void LogDiscoveryOnly(string client);

    [LoggerMessage(2, LogLevel.Debug, "Requests of client '{Client}' are left untouched: {Reason}.")]
    private partial void LogUntouched(string client, string reason);
}
