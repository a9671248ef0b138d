using CloudNative.Configuration;
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
        using var earlier = EarlierSources.Of(builder, other => other is ConsulKeyValueConfigurationSource);
        var options = source.Connection ?? new ConsulOptions();
        if (source.Connection is null)
        {
            earlier.Configuration.GetSection(ConsulOptions.SectionName).Bind(options);
        }

        new ConsulEnvironment(earlier.Configuration).PostConfigure(null, options);
        var result = new ConsulOptionsValidator().Validate(null, options);
        return result.Failed
            ? throw new ConsulKeyValueException(string.Join(Environment.NewLine, result.Failures))
            : options;
    }
}
