using CloudNative.Kubernetes;

namespace Microsoft.Extensions.Configuration;

/// <summary>Adds ConfigMaps and Secrets of Kubernetes to the configuration.</summary>
public static class CloudNativeKubernetesConfigurationBuilderExtensions
{
    /// <summary>
    /// Adds the files of a directory that a ConfigMap or a Secret is mounted at, one file a value:
    /// <c>Logging__LogLevel__Default</c> is <c>Logging:LogLevel:Default</c>. They outweigh what was added before, and
    /// change when the mount does. No right is needed.
    /// </summary>
    /// <param name="builder">The configuration.</param>
    /// <param name="path">The directory, such as <c>/etc/orders</c>.</param>
    /// <param name="optional">Whether the service starts when there is no such directory.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="KubernetesConfigurationException">
    /// It is not optional and not there, or cannot be read; thrown when the configuration is built, which
    /// <c>builder.Configuration</c> does at once.
    /// </exception>
    public static IConfigurationBuilder AddKubernetesFiles(
        this IConfigurationBuilder builder, string path, bool optional = false) =>
        builder.AddKubernetesFiles(source => (source.Path, source.Optional) = (path, optional));

    /// <summary>Adds the files of a mounted directory, set up in every detail.</summary>
    /// <param name="builder">The configuration.</param>
    /// <param name="configure">Sets it up.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="KubernetesConfigurationException">As of the other overload.</exception>
    public static IConfigurationBuilder AddKubernetesFiles(
        this IConfigurationBuilder builder, Action<KubernetesFilesConfigurationSource> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(configure);
        var source = new KubernetesFilesConfigurationSource();
        configure(source);
        return builder.Add(source);
    }
}
