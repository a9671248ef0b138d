using CloudNative.Configuration;
using CloudNative.Kubernetes.Configuration;
using Microsoft.Extensions.Configuration;

namespace CloudNative.Kubernetes.Sources;

/// <summary>
/// Says where the API server is before there is a container: by the same options, from the sources that were added
/// before.
/// </summary>
internal static class ObjectConnection
{
    private const string RbacFileKey = $"{KubernetesOptions.SectionName}:{nameof(KubernetesOptions.RbacFile)}";

    /// <summary>Whether the process only writes down its rights: nothing need be there that a service needs.</summary>
    public static bool IsForRights(IConfigurationBuilder builder) =>
        (builder as IConfiguration)?[RbacFileKey] is { Length: > 0 };

    public static KubernetesOptions OptionsOf(KubernetesObjectConfigurationSource source, IConfigurationBuilder builder)
    {
        using var earlier = EarlierSources.Of(builder, other => other is KubernetesObjectConfigurationSource);
        var options = source.Connection ?? new KubernetesOptions();
        if (source.Connection is null)
        {
            earlier.Configuration.GetSection(KubernetesOptions.SectionName).Bind(options);
        }

        options.RbacFile ??= earlier.Configuration[RbacFileKey];
        new InClusterDefaults(earlier.Configuration).PostConfigure(null, options);
        var result = new KubernetesOptionsValidator().Validate(null, options);
        return result.Failed
            ? throw new KubernetesConfigurationException(string.Join(Environment.NewLine, result.Failures))
            : options;
    }
}
