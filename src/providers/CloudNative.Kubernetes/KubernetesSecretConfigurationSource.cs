using Microsoft.Extensions.Configuration;

namespace CloudNative.Kubernetes;

/// <summary>
/// Configuration in a Secret, by the API. No message shows what is in it; whoever prints the whole configuration does.
/// </summary>
public sealed class KubernetesSecretConfigurationSource : KubernetesObjectConfigurationSource
{
    /// <inheritdoc/>
    /// <exception cref="KubernetesConfigurationException">The connection's options are wrong.</exception>
    public override IConfigurationProvider Build(IConfigurationBuilder builder) =>
        Build(builder, KubernetesKinds.Secrets, secret => secret.Data ?? new Dictionary<string, byte[]>());
}
