using System.Text;
using Microsoft.Extensions.Configuration;

namespace CloudNative.Kubernetes;

/// <summary>Configuration in a ConfigMap, by the API.</summary>
public sealed class KubernetesConfigMapConfigurationSource : KubernetesObjectConfigurationSource
{
    /// <inheritdoc/>
    /// <exception cref="KubernetesConfigurationException">The connection's options are wrong.</exception>
    public override IConfigurationProvider Build(IConfigurationBuilder builder) =>
        Build(builder, KubernetesKinds.ConfigMaps, EntriesOf);

    private static IEnumerable<KeyValuePair<string, byte[]>> EntriesOf(KubernetesConfigMap map) =>
        (map.Data ?? new Dictionary<string, string>())
        .Select(pair => KeyValuePair.Create(pair.Key, Encoding.UTF8.GetBytes(pair.Value)))
        .Concat(map.BinaryData ?? new Dictionary<string, byte[]>());
}
