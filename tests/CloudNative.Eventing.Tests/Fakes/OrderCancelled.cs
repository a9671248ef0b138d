namespace CloudNative.Eventing.Tests.Fakes;

[Event("orders.cancelled", Version = 2)]
public sealed record OrderCancelled(string Order);
