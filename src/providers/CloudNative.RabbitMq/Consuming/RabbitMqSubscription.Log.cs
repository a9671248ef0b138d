using CloudNative.Eventing;
using Microsoft.Extensions.Logging;

namespace CloudNative.RabbitMq.Consuming;

internal sealed partial class RabbitMqSubscription
{
    [LoggerMessage(
        11, LogLevel.Error, "A message of topic {Topic} for group {Group} was given up ({Reason}: {Detail}); it is a dead letter.")]
    private partial void LogGivenUp(string topic, string group, DeadLetterReason reason, string detail);

    [LoggerMessage(
        12, LogLevel.Error, "A message of topic {Topic} for group {Group} cannot be put among the dead letters; it is tried again.")]
    private partial void LogCannotBury(Exception exception, string topic, string group);

    [LoggerMessage(13, LogLevel.Warning, "Topic {Topic} brings nothing for group {Group}: {Reason}. It is opened again.")]
    private partial void LogReopening(string topic, string group, string reason);
}
