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

    /// <summary>
    /// Adds a ConfigMap by the API: <c>Logging__LogLevel__Default</c> is <c>Logging:LogLevel:Default</c>. It outweighs
    /// what was added before, and changes when the ConfigMap does. Kubernetes is reached as the section
    /// <c>CloudNative:Kubernetes</c> and the pod say; the service account needs to list and watch it.
    /// </summary>
    /// <param name="builder">The configuration.</param>
    /// <param name="name">The ConfigMap's name, in the service's own namespace.</param>
    /// <param name="optional">Whether the service starts when it cannot be read, or is not there.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="KubernetesConfigurationException">
    /// It is not optional, and cannot be read in time; thrown when the configuration is built, which
    /// <c>builder.Configuration</c> does at once.
    /// </exception>
    public static IConfigurationBuilder AddKubernetesConfigMap(
        this IConfigurationBuilder builder, string name, bool optional = false) =>
        builder.AddKubernetesConfigMap(source => (source.Name, source.Optional) = (name, optional));

    /// <summary>Adds a ConfigMap by the API, set up in every detail.</summary>
    /// <param name="builder">The configuration.</param>
    /// <param name="configure">Sets it up.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="KubernetesConfigurationException">As of the other overload.</exception>
    public static IConfigurationBuilder AddKubernetesConfigMap(
        this IConfigurationBuilder builder, Action<KubernetesConfigMapConfigurationSource> configure) =>
        builder.AddSource(new KubernetesConfigMapConfigurationSource(), configure);

    /// <summary>
    /// Adds a Secret by the API, as <see cref="AddKubernetesConfigMap(IConfigurationBuilder, string, bool)"/> adds a
    /// ConfigMap. Prefer to mount it (<see cref="AddKubernetesFiles(IConfigurationBuilder, string, bool)"/>): that
    /// needs no right to read Secrets.
    /// </summary>
    /// <param name="builder">The configuration.</param>
    /// <param name="name">The Secret's name, in the service's own namespace.</param>
    /// <param name="optional">Whether the service starts when it cannot be read, or is not there.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="KubernetesConfigurationException">
    /// It is not optional, and cannot be read in time; thrown when the configuration is built, which
    /// <c>builder.Configuration</c> does at once.
    /// </exception>
    public static IConfigurationBuilder AddKubernetesSecret(
        this IConfigurationBuilder builder, string name, bool optional = false) =>
        builder.AddKubernetesSecret(source => (source.Name, source.Optional) = (name, optional));

    /// <summary>Adds a Secret by the API, set up in every detail.</summary>
    /// <param name="builder">The configuration.</param>
    /// <param name="configure">Sets it up.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="KubernetesConfigurationException">As of the other overload.</exception>
    public static IConfigurationBuilder AddKubernetesSecret(
        this IConfigurationBuilder builder, Action<KubernetesSecretConfigurationSource> configure) =>
        builder.AddSource(new KubernetesSecretConfigurationSource(), configure);

    /// <summary>Adds the files of a mounted directory, set up in every detail.</summary>
    /// <param name="builder">The configuration.</param>
    /// <param name="configure">Sets it up.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="KubernetesConfigurationException">As of the other overload.</exception>
    public static IConfigurationBuilder AddKubernetesFiles(
        this IConfigurationBuilder builder, Action<KubernetesFilesConfigurationSource> configure) =>
        builder.AddSource(new KubernetesFilesConfigurationSource(), configure);

    private static IConfigurationBuilder AddSource<T>(this IConfigurationBuilder builder, T source, Action<T> configure)
        where T : KubernetesConfigurationSource
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(configure);
        configure(source);
        return builder.Add(source);
    }
}
