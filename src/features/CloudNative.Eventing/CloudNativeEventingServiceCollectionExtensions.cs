using System.Text.Json.Serialization.Metadata;
using CloudNative;
using CloudNative.Eventing;
using CloudNative.Eventing.CloudEvents;
using CloudNative.Eventing.Configuration;
using CloudNative.Eventing.Handling;
using CloudNative.Eventing.Json;
using CloudNative.Eventing.Publishing;
using CloudNative.Eventing.Transport;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds events.</summary>
public static class CloudNativeEventingServiceCollectionExtensions
{
    /// <summary>
    /// Adds <see cref="IEventPublisher"/> and what runs handlers. Bound to the section <c>CloudNative:Eventing</c>. Nothing is opened
    /// before a handler is mapped or an event published. Calling it twice equals once.
    /// </summary>
    /// <param name="services">The services of the host.</param>
    /// <returns>The same services.</returns>
    public static IServiceCollection AddCloudNativeEventing(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddCloudNativeCore();
        if (services.Any(descriptor => descriptor.ServiceType == typeof(HandlerCatalog)))
        {
            return services;
        }

        services.AddLogging();
        services.AddConfigurationKeys(CloudNativeFeatures.Eventing, EventingKeys.All);
        services.AddOptionsWithValidateOnStart<EventingOptions, EventingOptionsValidator>()
            .BindConfiguration(EventingOptions.SectionName);
        services.AddOptionsCheck<EventingOptions>();
        services.TryAddSingleton<ICloudEventFormat, CloudEventFormat>();
        services.TryAddSingleton<HandlerCatalog>();
        services.TryAddSingleton<EventJson>();
        services.TryAddSingleton<ChosenTransport>();
        services.TryAddSingleton<EnvelopeFactory>();
        services.TryAddSingleton<EventPublisher>();
        services.TryAddSingleton<IEventPublisher>(static provider => provider.GetRequiredService<EventPublisher>());
        return services;
    }

    /// <summary>Adds the JSON metadata of events. Adding the same context twice equals once.</summary>
    /// <param name="services">The services of the host.</param>
    /// <param name="context">A context of the JSON source generator, such as <c>MyContext.Default</c>.</param>
    /// <returns>The same services.</returns>
    public static IServiceCollection AddEventJsonContext(this IServiceCollection services, IJsonTypeInfoResolver context)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(context);
        if (!services.Any(descriptor => descriptor.ImplementationInstance is JsonContext known
            && ReferenceEquals(known.Resolver, context)))
        {
            services.AddSingleton(new JsonContext(context));
        }

        return services;
    }
}
