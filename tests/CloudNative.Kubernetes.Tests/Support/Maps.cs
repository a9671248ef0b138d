namespace CloudNative.Kubernetes.Tests.Support;

/// <summary>ConfigMaps for tests.</summary>
internal static class Maps
{
    public static KubernetesConfigMap Of(string name, string value = "1", string? label = null) => new()
    {
        Metadata = new KubernetesMetadata
        {
            Namespace = "default",
            Name = name,
            Labels = label is null ? null : new Dictionary<string, string> { ["test"] = label },
        },
        Data = new Dictionary<string, string> { ["key"] = value },
    };

    public static string? Value(this KubernetesConfigMap? map) => map?.Data?.GetValueOrDefault("key");

    /// <summary>A label that no other test has, so that tests share a server.</summary>
    public static string Unique() => $"t{Guid.NewGuid():N}";
}
