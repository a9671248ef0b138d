namespace CloudNative.Discovery.Sources;

/// <summary>One value below <c>Services:&lt;name&gt;</c>.</summary>
/// <param name="Key">Its configuration key.</param>
/// <param name="Value">What stands there.</param>
/// <param name="Index">Its place among its siblings; 0 for a single value.</param>
/// <param name="Endpoints">What it means; empty when it cannot be read.</param>
internal sealed record ConfiguredEntry(string Key, string Value, int Index, IReadOnlyList<InstanceEndpoint> Endpoints);
