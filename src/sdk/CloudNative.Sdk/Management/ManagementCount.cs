namespace CloudNative.Sdk.Management;

/// <summary>How many dead letters were moved or removed.</summary>
internal sealed record ManagementCount(int Count);
