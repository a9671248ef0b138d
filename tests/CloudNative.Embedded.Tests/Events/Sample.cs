using System.Globalization;
using System.Text;
using CloudNative.Eventing;

namespace CloudNative.Embedded.Tests.Events;

internal static class Sample
{
    public static readonly DeliveryFailure Failure = new(DeadLetterReason.HandlerFailed, "boom", DateTimeOffset.UnixEpoch, 1);

    public static EventEnvelope Event(string id, string? key = null) => new()
    {
        Id = id,
        Source = "/services/tests",
        Type = "orders.placed.v1",
        Key = key,
        Data = Encoding.UTF8.GetBytes($"{{\"id\":\"{id}\"}}"),
    };

    public static OutgoingEvent Outgoing(string id, string? key = null, TimeSpan delay = default) => new("orders", Event(id, key), delay);

    public static OutgoingEvent[] Batch(int first, int count, Func<int, string?>? key = null) =>
        [.. Enumerable.Range(first, count).Select(number =>
            Outgoing(number.ToString(CultureInfo.InvariantCulture), key?.Invoke(number)))];

    public static SubscriptionSpec Spec(string group = "g") => new() { Topic = "orders", Group = group };
}
