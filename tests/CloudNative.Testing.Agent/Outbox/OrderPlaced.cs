using CloudNative.Eventing;

namespace CloudNative.Testing.Agent.Outbox;

[Event("orders.placed")]
internal sealed record OrderPlaced(long Number);
