using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Yarp.ReverseProxy.Configuration;

namespace CloudNative.Gateway.Routes;

/// <summary>
/// YARP's own section, read by YARP's own reader. Who loads YARP's configuration already keeps that: then the section is not read a
/// second time.
/// </summary>
internal static class ReverseProxySection
{
    public const string Name = "ReverseProxy";

    public static void Add(IServiceCollection services, IConfiguration configuration)
    {
        var reader = new ServiceCollection();
        reader.AddReverseProxy().LoadFromConfig(configuration.GetSection(Name));
        var read = reader.Last(IsConfigProvider).ImplementationFactory!;
        services.AddSingleton<IProxyConfigProvider>(provider => IsLoadedElsewhere(services) || !IsEnabled(provider)
            ? new NoRoutes()
            : (IProxyConfigProvider)read(provider));
    }

    // Ours are two: this one and the routes to services.
    private static bool IsLoadedElsewhere(IServiceCollection services) => services.Count(IsConfigProvider) > 2;

    private static bool IsEnabled(IServiceProvider provider) => provider.GetRequiredService<ServiceRouteProvider>().IsEnabled;

    private static bool IsConfigProvider(ServiceDescriptor descriptor) =>
        descriptor.ServiceType == typeof(IProxyConfigProvider) && !descriptor.IsKeyedService;
}
