using System.Collections;
using CloudNative.Eventing;
using RabbitMQ.Client;

namespace CloudNative.RabbitMq.Messages;

/// <summary>
/// What a broker notes of a message that it gives up itself (https://www.rabbitmq.com/docs/dlx#effects).
/// </summary>
internal static class BrokerDeath
{
    private const string Limit = "delivery_limit";

    /// <summary>The queue that it was in.</summary>
    public static string? QueueOf(IReadOnlyBasicProperties properties) =>
        Last(properties) is { } death ? MessageReader.Text(death, "queue") : null;

    /// <summary>Why it is a dead letter.</summary>
    public static DeliveryFailure Read(IReadOnlyBasicProperties properties, DateTimeOffset now)
    {
        var death = Last(properties);
        var reason = death is null ? null : MessageReader.Text(death, "reason");
        var at = death is not null && death.TryGetValue("time", out var value) && value is AmqpTimestamp time
            ? DateTimeOffset.FromUnixTimeSeconds(time.UnixTime)
            : now;
        return reason switch
        {
            null => new DeliveryFailure(DeadLetterReason.Rejected, "Somebody has put it among the dead letters.", at, 0),
            Limit => new DeliveryFailure(
                DeadLetterReason.ProcessDied, "RabbitMQ has delivered it as often as a policy allows.", at, 0),
            _ => new DeliveryFailure(
                DeadLetterReason.Rejected,
                $"RabbitMQ took it out of queue '{MessageReader.Text(death!, "queue")}' ({reason}): its publisher or a policy limits "
                + "how long it may wait there, or how many.",
                at,
                0),
        };
    }

    private static IDictionary<string, object?>? Last(IReadOnlyBasicProperties properties) =>
        properties.Headers?.TryGetValue(HeaderNames.Death, out var value) == true && value is IList { Count: > 0 } deaths
            ? deaths[0] as IDictionary<string, object?>
            : null;
}
