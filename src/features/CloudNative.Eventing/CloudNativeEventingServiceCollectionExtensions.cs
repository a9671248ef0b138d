using System.Diagnostics.Metrics;
using System.Text.Json.Serialization.Metadata;
using CloudNative;
using CloudNative.Configuration;
using CloudNative.Eventing;
using CloudNative.Eventing.AsyncApi;
using CloudNative.Eventing.CloudEvents;
using CloudNative.Eventing.Configuration;
using CloudNative.Eventing.Dispatch;
using CloudNative.Eventing.Handling;
using CloudNative.Eventing.Json;
using CloudNative.Eventing.Memory;
using CloudNative.Eventing.Monitoring;
using CloudNative.Eventing.Outbox;
using CloudNative.Eventing.Planning;
using CloudNative.Eventing.Publishing;
using CloudNative.Eventing.Subscriptions;
using CloudNative.Eventing.Telemetry;
using CloudNative.Eventing.Transport;
using CloudNative.Lifecycle;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

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
        services.TryAddSingleton(static provider => new EventingTelemetry(provider.GetService<IMeterFactory>()));
        AddPublishing(services);
        AddSubscriptions(services);
        MemoryTransportServices.Add(services);
        services.AddOutboxAndInbox();
        services.AddAsyncApi();
        services.TryAddSingleton<IEventMonitor, EventMonitor>();
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

    private static void AddPublishing(IServiceCollection services)
    {
        services.TryAddSingleton<PublishTelemetry>();
        services.TryAddSingleton<EnvelopeFactory>();
        services.TryAddSingleton<EventPublisher>();
        services.TryAddSingleton<IEventPublisher>(static provider => provider.GetRequiredService<EventPublisher>());
        services.TryAddSingleton<IDeadLetterStore>(static provider =>
            provider.GetRequiredService<ChosenTransport>().Get() as IDeadLetterStore ?? throw new InvalidOperationException(
                "The transport that serves events keeps no dead letters (TransportCapabilities.DeadLetters)."));
    }

    private static void AddSubscriptions(IServiceCollection services)
    {
        services.TryAddSingleton<Planner>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IConfigurationCheck, PlanCheck>());
        services.TryAddSingleton(static _ => new RetryJitter(Random.Shared));
        services.TryAddSingleton<DispatchServices>();
        services.TryAddSingleton<SubscriptionSet>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<ILifecycleParticipant, SubscriptionSet>(
            static provider => provider.GetRequiredService<SubscriptionSet>()));
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IStartSummaryContributor, SubscriptionSet>(
            static provider => provider.GetRequiredService<SubscriptionSet>()));
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, SubscriptionEnd>());
        services.TryAddEnumerable(
            ServiceDescriptor.Singleton<IConfigureOptions<HealthCheckServiceOptions>, SubscriptionHealthSetup>());
    }
}
