using CloudNative.Eventing;

namespace CloudNative.Sdk.Tests.Management;

/// <summary>An event.</summary>
[Event("parcels.packed")]
internal sealed record Parcel(int Number);
