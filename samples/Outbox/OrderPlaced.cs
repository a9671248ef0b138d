using CloudNative.Eventing;

namespace Outbox;

/// <summary>An event.</summary>
[Event("orders.placed")]
public sealed record OrderPlaced(int Number);
