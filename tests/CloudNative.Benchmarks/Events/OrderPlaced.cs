using CloudNative.Eventing;

namespace CloudNative.Benchmarks.Events;

[Event("orders.placed")]
internal sealed record OrderPlaced(int Number, string Filler);
