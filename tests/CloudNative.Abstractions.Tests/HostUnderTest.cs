using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace CloudNative.Tests;

/// <summary>A host with the core and nothing else, configured by pairs; nothing of the machine gets in.</summary>
internal static class HostUnderTest
{
    public static HostApplicationBuilder Create(params (string Key, string? Value)[] configuration) =>
        Create(Environments.Production, configuration);

    public static HostApplicationBuilder Create(string environment, params (string Key, string? Value)[] configuration)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings
        {
            EnvironmentName = environment,
            ApplicationName = "Under.Test",
        });
        builder.Configuration.AddInMemoryCollection(configuration.Select(pair => KeyValuePair.Create(pair.Key, pair.Value)));
        builder.Services.AddCloudNativeCore();
        return builder;
    }
}
