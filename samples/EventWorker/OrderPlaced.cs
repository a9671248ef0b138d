using CloudNative.Eventing;

namespace EventWorker;

/// <summary>An event: its name on the wire, and its data.</summary>
[Event("orders.placed")]
public sealed record OrderPlaced(int Number, decimal Total);
