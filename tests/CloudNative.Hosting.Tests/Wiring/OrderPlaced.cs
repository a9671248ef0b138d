using CloudNative.Eventing;

namespace CloudNative.Hosting.Tests.Wiring;

[Event("orders.placed")]
internal sealed record OrderPlaced(int Number);
