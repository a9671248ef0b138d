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
        var built = builder is IConfiguration ? null : BuildBefore(builder);
        var configuration = built ?? (IConfiguration)builder;
        var options = source.Connection ?? new KubernetesOptions();
        if (source.Connection is null)
        {
            configuration.GetSection(KubernetesOptions.SectionName).Bind(options);
        }

        options.RbacFile ??= configuration[RbacFileKey];
        new InClusterDefaults(configuration).PostConfigure(null, options);
        Release(built);
        var result = new KubernetesOptionsValidator().Validate(null, options);
        return result.Failed
            ? throw new KubernetesConfigurationException(string.Join(Environment.NewLine, result.Failures))
            : options;
    }

    // For a builder that is no configuration yet. Sources of this kind are left out, as they need what is looked for
    // here, and streams, which can be read once only.
    private static IConfigurationRoot BuildBefore(IConfigurationBuilder builder)
    {
        var before = new ConfigurationBuilder();
        foreach (var (key, value) in builder.Properties)
        {
            before.Properties[key] = value;
        }

        foreach (var source in builder.Sources)
        {
            if (source is not (KubernetesObjectConfigurationSource or StreamConfigurationSource))
            {
                before.Add(source);
            }
        }

        return before.Build();
    }

    // What is chained belongs to whoever chained it, also when the chain would dispose it.
    private static void Release(IConfigurationRoot? built)
    {
        foreach (var provider in built?.Providers.Where(provider => provider is not ChainedConfigurationProvider) ?? [])
        {
            (provider as IDisposable)?.Dispose();
        }
    }
}
