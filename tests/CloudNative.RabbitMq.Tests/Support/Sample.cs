using System.Globalization;
using CloudNative.Eventing;

namespace CloudNative.RabbitMq.Tests.Support;

internal static class Sample
{
    public static SubscriptionSpec Spec => new() { Topic = "orders", Group = "mail" };

    public static SubscriptionSpec Ordered => Spec with { Ordering = EventOrdering.ByKey };

    public static OutgoingEvent Event(int number, string? key = null) => Event(number.ToString(CultureInfo.InvariantCulture), key);

    public static OutgoingEvent Event(string id, string? key = null) => new("orders", new EventEnvelope
    {
        Id = id,
        Source = "/services/tests",
        Type = "orders.placed.v1",
        Key = key,
        Data = "{}"u8.ToArray(),
    });

    public static DeliveryFailure Failure(int attempt = 1) =>
        new(DeadLetterReason.HandlerFailed, "it failed", DateTimeOffset.UnixEpoch, attempt);
}
