namespace CloudNative.Sdk.Management;

/// <summary>What is wrong with a request of a caller that may make it.</summary>
internal sealed record ManagementError(string Error);
