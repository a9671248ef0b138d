using CloudNative.Eventing;

namespace CloudNative.Sdk.TestApp;

/// <summary>An order.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Failures">How often it cannot be shipped.</param>
[Event("orders.placed")]
public sealed record OrderPlaced(int Number, int Failures = 0);
