using System.Diagnostics.CodeAnalysis;
using CloudNative;
using CloudNative.Configuration;
using CloudNative.Deadlines;
using CloudNative.Identity;
using CloudNative.Leases;
using CloudNative.Lifecycle;
using CloudNative.Modes;
using CloudNative.Providers;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>What every feature package adds first, so that each works alone.</summary>
public static class CloudNativeCoreServiceCollectionExtensions
{
    /// <summary>
    /// Adds the lifecycle, the service's identity, the choice of providers and the validation at start. Calling it
    /// twice equals once.
    /// </summary>
    /// <param name="services">The services of the host.</param>
    /// <returns>The same services.</returns>
    public static IServiceCollection AddCloudNativeCore(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        if (services.Any(descriptor => descriptor.ServiceType == typeof(ServiceLifecycle)))
        {
            return services;
        }

        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<DeadlineContext>();
        AddIdentity(services);
        AddLifecycle(services);
        AddProviderChoice(services);
        AddStartValidation(services);
        return services;
    }

    /// <summary>
    /// Declares the keys that a package understands below <c>CloudNative:&lt;section&gt;</c>. The first declaration of
    /// a section counts.
    /// </summary>
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

    /// <summary>
    /// Says that a provider can serve a feature. A provider has one offer for a feature, beside that for tests: being
    /// named as a primary outweighs being merely there, whichever comes first. Repeating an offer changes nothing.
    /// </summary>
    /// <param name="services">The services of the host.</param>
    /// <param name="offer">The offer.</param>
    /// <returns>The same services.</returns>
    public static IServiceCollection AddProviderOffer(this IServiceCollection services, ProviderOffer offer)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(offer);
        var lesser = services.Where(descriptor => IsOutweighed(descriptor, offer)).ToList();
        lesser.ForEach(descriptor => services.Remove(descriptor));
        if (!services.Any(descriptor => Outweighs(descriptor, offer)))
        {
            services.AddSingleton(offer);
        }

        return services;

        static bool IsOutweighed(ServiceDescriptor descriptor, ProviderOffer offer) =>
            offer.Rank == ProviderRank.Primary
            && descriptor.ImplementationInstance is ProviderOffer { Rank: ProviderRank.Named or ProviderRank.Development } other
            && offer.Equals(other with { Rank = offer.Rank });

        static bool Outweighs(ServiceDescriptor descriptor, ProviderOffer offer) =>
            descriptor.ImplementationInstance is ProviderOffer other
            && (offer.Equals(other)
                || (offer.Rank is ProviderRank.Named or ProviderRank.Development
                    && other.Equals(offer with { Rank = ProviderRank.Primary })));
    }

    /// <summary>
    /// Binds and validates one options class at start by itself, beside <c>AddOptionsWithValidateOnStart</c>: there the
    /// first value that does not convert (<c>"Interval": "soon"</c>) ends the validation, and the problems of other
    /// options stay unseen.
    /// </summary>
    /// <param name="services">The services of the host.</param>
    /// <typeparam name="TOptions">The options class, with its default name.</typeparam>
    /// <returns>The same services.</returns>
    public static IServiceCollection AddOptionsCheck<
        [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicParameterlessConstructor)] TOptions>(
        this IServiceCollection services)
        where TOptions : class
    {
        ArgumentNullException.ThrowIfNull(services);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IOptionsCheck, OptionsCheck<TOptions>>());
        return services;
    }

    private static void AddIdentity(IServiceCollection services)
    {
        services.TryAddSingleton(provider => ServiceInfoFactory.Create(
            provider.GetRequiredService<IConfiguration>(), provider.GetRequiredService<IHostEnvironment>()));
        services.TryAddSingleton<IHostModeProvider, HostModeProvider>();
        services.TryAddEnumerable(
            ServiceDescriptor.Singleton<IHostModeDetector, ToolDetector>(_ => new ToolDetector()));
        services.AddConfigurationKeys("Service", "Name", "Version", "Zone", "Metadata:*");
        services.AddConfigurationKeys("Hosting", "Mode");
    }

    private static void AddLifecycle(IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<LifecycleOptions, LifecycleOptionsValidator>()
            .BindConfiguration(LifecycleOptions.SectionName);
        services.AddOptionsCheck<LifecycleOptions>();
        services.AddConfigurationKeys(
            "Lifecycle", nameof(LifecycleOptions.PropagationTimeout), nameof(LifecycleOptions.DrainTimeout));
        services.AddSingleton<ServiceLifecycle>();
        services.TryAddSingleton<IServiceLifecycle>(provider => provider.GetRequiredService<ServiceLifecycle>());
        services.TryAddSingleton<ParticipantRunner>();
        services.TryAddSingleton<StartSummary>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, LifecycleService>());
    }

    private static void AddProviderChoice(IServiceCollection services)
    {
        services.TryAddSingleton<ProviderSelector>();
        services.TryAddSingleton<IProviderSelector>(provider => provider.GetRequiredService<ProviderSelector>());
        services.AddConfigurationKeys(PreferredProviders.Section, "*");
        services.AddConfigurationKeys(CloudNativeFeatures.Leases, "Enabled", "Provider");
        services.TryAddSingleton(ChosenLeases.Resolve);
    }

    private static void AddStartValidation(IServiceCollection services)
    {
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IConfigurationCheck, UnknownKeysCheck>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IConfigurationCheck, ServiceNameCheck>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IConfigurationCheck, HostModeCheck>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IConfigurationCheck, ProviderCheck>());

        // The framework's own was added by AddOptionsWithValidateOnStart above, or earlier; it and any other go below
        // ours. Options validated later find a validator registered and add only themselves to what the framework's one
        // runs.
        foreach (var inner in services.Where(IsStartupValidator).ToList())
        {
            services.Remove(inner);
            services.Add(Rekey(inner));
        }

        services.AddTransient<IStartupValidator, ServiceStartupValidator>();
    }

    private static bool IsStartupValidator(ServiceDescriptor descriptor) =>
        descriptor.ServiceType == typeof(IStartupValidator) && !descriptor.IsKeyedService;

    private static ServiceDescriptor Rekey(ServiceDescriptor inner) => inner switch
    {
        { ImplementationType: { } type } =>
            new ServiceDescriptor(inner.ServiceType, ServiceStartupValidator.Inner, type, inner.Lifetime),
        { ImplementationFactory: { } factory } => new ServiceDescriptor(
            inner.ServiceType, ServiceStartupValidator.Inner, (provider, _) => factory(provider), inner.Lifetime),
        _ => new ServiceDescriptor(inner.ServiceType, ServiceStartupValidator.Inner, inner.ImplementationInstance!),
    };
}
