using CloudNative.Eventing;

namespace CloudNative.Testing.Agent.Client;

internal sealed record WireDelivery(long Number, int Attempt, long? Position, DateTimeOffset Stored, WireEvent Event)
{
    public static WireDelivery Of(long number, EventDelivery delivery) =>
        new(number, delivery.Attempt, delivery.Position, delivery.Stored, WireEvent.Of(string.Empty, delivery.Event));
}
