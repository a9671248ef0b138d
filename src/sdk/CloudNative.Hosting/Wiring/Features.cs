using CloudNative.Hosting.Building;
using CloudNative.Hosting.Lifecycle;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace CloudNative.Hosting.Wiring;

/// <summary>What <c>AddCloudNative</c> adds. Every feature adds itself by its own extension.</summary>
internal static class Features
{
    public static void Add(CloudNativeBuilder builder, Action<ICloudNativeBuilder>? configure)
    {
        var services = builder.Services;
        services.AddCloudNativeCore();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IPostConfigureOptions<HostOptions>, ShutdownTimeoutSetup>());
        services.AddCloudNativeTelemetry();
        services.AddCloudNativeDiscovery();
        services.AddCloudNativeHttp();
        services.AddCloudNativeHealth();
        services.AddCloudNativeEventing();
        services.AddCloudNativeEmbedded();
        WebParts.Add(services);
        configure?.Invoke(builder);
    }
}
