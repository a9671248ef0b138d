namespace CloudNative.Eventing.Tests.Fakes;

[Event("orders.placed")]
public sealed record OrderPlaced(string Order, int Amount = 1);
