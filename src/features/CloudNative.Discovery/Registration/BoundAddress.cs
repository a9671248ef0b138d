namespace CloudNative.Discovery.Registration;

/// <summary>An address that this process listens on.</summary>
/// <param name="Uri">The address, wildcards included.</param>
/// <param name="Name">The endpoint's name; null for an unnamed one.</param>
internal readonly record struct BoundAddress(Uri Uri, string? Name = null);
