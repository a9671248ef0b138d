using CloudNative.Configuration;
using CloudNative.Providers;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>What every feature package adds first, so that each works alone.</summary>
public static class CloudNativeCoreServiceCollectionExtensions
{
    /// <summary>Adds the lifecycle, the service's identity, the choice of providers and the validation at start. Calling it twice equals once.</summary>
    /// <param name="services">The services of the host.</param>
    /// <returns>The same services.</returns>
    public static IServiceCollection AddCloudNativeCore(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.TryAddSingleton(TimeProvider.System);
        return services;
    }

    /// <summary>Declares the keys that a package understands below <c>CloudNative:&lt;section&gt;</c>. The first declaration of a section counts.</summary>
    /// <param name="services">The services of the host.</param>
    /// <param name="section">The section, without the root.</param>
    /// <param name="keys">The paths below it; see <see cref="ConfigurationKeys"/>.</param>
    /// <returns>The same services.</returns>
    public static IServiceCollection AddConfigurationKeys(
        this IServiceCollection services, string section, params IReadOnlyList<string> keys)
    {
        ArgumentNullException.ThrowIfNull(services);
        var known = services.Any(descriptor =>
            descriptor.ImplementationInstance is ConfigurationKeys declared && declared.Section == section);
        if (!known)
        {
            services.AddSingleton(new ConfigurationKeys(section, keys));
        }

        return services;
    }

    /// <summary>Says that a provider can serve a feature. Repeating an offer changes nothing.</summary>
    /// <param name="services">The services of the host.</param>
    /// <param name="offer">The offer.</param>
    /// <returns>The same services.</returns>
    public static IServiceCollection AddProviderOffer(this IServiceCollection services, ProviderOffer offer)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(offer);
        if (!services.Any(descriptor => offer.Equals(descriptor.ImplementationInstance)))
        {
            services.AddSingleton(offer);
        }

        return services;
    }
}
