namespace CloudNative.Discovery.Balancing;

/// <summary>What an instance says of itself by name.</summary>
internal static class Labels
{
    /// <summary>Whether the instance has this pair in its metadata, or as its version or zone.</summary>
    public static bool Has(ServiceInstance instance, (string Key, string Value) pair) =>
        string.Equals(Find(instance, pair.Key), pair.Value, StringComparison.OrdinalIgnoreCase);

    private static string? Find(ServiceInstance instance, string key)
    {
        foreach (var (name, value) in instance.Metadata)
        {
            if (name.Equals(key, StringComparison.OrdinalIgnoreCase))
            {
                return value;
            }
        }

        return key.Equals("version", StringComparison.OrdinalIgnoreCase) ? instance.Version
            : key.Equals("zone", StringComparison.OrdinalIgnoreCase) ? instance.Zone
            : null;
    }
}
