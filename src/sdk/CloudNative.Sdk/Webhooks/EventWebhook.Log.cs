using Microsoft.Extensions.Logging;

namespace CloudNative.Sdk.Webhooks;

internal sealed partial class EventWebhook
{
    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "CN1021 Events sent to {Path} are refused: the endpoint says of nobody that they may send. Say who may: "
            + "MapEventWebhook(…).RequireAuthorization(\"policy\"), or AllowAnonymous() for everybody.")]
    private partial void LogOpen(string path);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Events for the topic '{Topic}' were answered with 503: {Reason}")]
    private partial void LogNotStored(string topic, string reason);
}
