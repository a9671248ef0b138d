using CloudNative.Eventing;

namespace CloudNative.Events.TestApp;

[Event("orders.placed")]
internal sealed record OrderPlaced(int Number, decimal Total);
