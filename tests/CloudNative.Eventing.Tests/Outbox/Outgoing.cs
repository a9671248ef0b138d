using System.Globalization;

namespace CloudNative.Eventing.Tests.Outbox;

internal static class Outgoing
{
    public static IEnumerable<OutgoingEvent> Events(int from, int count) => Ids(from, count).Select(id => Event(id));

    public static IEnumerable<string> Ids(int from, int count) =>
        Enumerable.Range(from, count).Select(number => number.ToString(CultureInfo.InvariantCulture));

    public static OutgoingEvent Event(string id, int bytes = 2, TimeSpan delay = default) => new(
        "orders",
        new EventEnvelope { Id = id, Source = "/services/orders", Type = "orders.placed.v1", Data = new byte[bytes] },
        delay);
}
