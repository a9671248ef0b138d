using CloudNative.Consul.Configuration;
using CloudNative.Consul.Http;
using CloudNative.Consul.Telemetry;
using Microsoft.Extensions.Configuration;

namespace CloudNative.Consul.KeyValue;

/// <summary>
/// Reaches Consul before there is a container: by the same options, from the sources that were added before.
/// </summary>
internal static class KeyValueConnection
{
    public static ConsulKeyValueConfigurationProvider Connect(
        ConsulKeyValueConfigurationSource source, string prefix, IConfigurationBuilder builder)
    {
        var options = OptionsOf(source, builder);
        var time = TimeProvider.System;
        var http = new ConsulHttp(ConsulHandlers.Create(options), options, time, new ConsulMetrics(time));
        return new ConsulKeyValueConfigurationProvider(source, prefix, http, options, time);
    }

    private static ConsulOptions OptionsOf(ConsulKeyValueConfigurationSource source, IConfigurationBuilder builder)
    {
        var built = builder is IConfiguration ? null : BuildBefore(builder);
        var configuration = built ?? (IConfiguration)builder;
        var options = source.Connection ?? new ConsulOptions();
        if (source.Connection is null)
        {
            configuration.GetSection(ConsulOptions.SectionName).Bind(options);
        }

        new ConsulEnvironment(configuration).PostConfigure(null, options);
        Release(built);
        var result = new ConsulOptionsValidator().Validate(null, options);
        return result.Failed
            ? throw new ConsulKeyValueException(string.Join(Environment.NewLine, result.Failures))
            : options;
    }

    // For a builder that is no configuration yet. Sources of this kind are left out, as they need what is looked for here, and streams,
    // which can be read once only.
    private static IConfigurationRoot BuildBefore(IConfigurationBuilder builder)
    {
        var before = new ConfigurationBuilder();
        foreach (var (key, value) in builder.Properties)
        {
            before.Properties[key] = value;
        }

        foreach (var source in builder.Sources)
        {
            if (source is not (ConsulKeyValueConfigurationSource or StreamConfigurationSource))
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
