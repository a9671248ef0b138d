using System.Diagnostics.Metrics;
using CloudNative;
using CloudNative.Eventing;
using CloudNative.Providers;
using CloudNative.RabbitMq;
using CloudNative.RabbitMq.Configuration;
using CloudNative.RabbitMq.Connecting;
using CloudNative.RabbitMq.Telemetry;
using CloudNative.RabbitMq.Transport;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds RabbitMQ without a builder.</summary>
public static class CloudNativeRabbitMqServiceCollectionExtensions
{
    /// <summary>
    /// Adds the provider <c>rabbitmq</c> for events. It serves when it is named. No connection exists before an event is published or
    /// subscribed to. Calling it twice equals once.
    /// </summary>
    /// <param name="services">The services of the host.</param>
    /// <returns>The same services.</returns>
    public static IServiceCollection AddCloudNativeRabbitMq(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        return services.AddRabbitMq(ProviderRank.Named);
    }

    internal static IServiceCollection AddRabbitMq(this IServiceCollection services, ProviderRank rank)
    {
        services.AddCloudNativeCore();
        services.AddProviderOffer(new ProviderOffer(RabbitMqProvider.Name, CloudNativeFeatures.Eventing, rank));
        if (services.Any(service => service.IsKeyedService && RabbitMqProvider.Name.Equals(service.ServiceKey)))
        {
            return services;
        }

        services.AddConfigurationKeys(RabbitMqKeys.Section, RabbitMqKeys.All);
        services.AddOptionsWithValidateOnStart<RabbitMqOptions>().BindConfiguration(RabbitMqOptions.SectionName);
        services.AddOptionsCheck<RabbitMqOptions>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<RabbitMqOptions>, RabbitMqOptionsValidator>());
        services.TryAddSingleton(provider => new RabbitMqMetrics(provider.GetService<IMeterFactory>()));
        services.TryAddKeyedSingleton<IEventTransport>(RabbitMqProvider.Name, (provider, _) => Create(provider));
        return services;
    }

    private static RabbitMqEventTransport Create(IServiceProvider provider)
    {
        var options = provider.GetRequiredService<IOptions<RabbitMqOptions>>().Value;
        return new RabbitMqEventTransport(new BrokerContext(
            BrokerAddress.Find(provider.GetService<IConfiguration>(), options),
            options,
            provider.GetService<ICloudEventFormat>(),
            provider.GetRequiredService<ServiceInfo>().Name,
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<RabbitMqMetrics>(),
            (provider.GetService<ILoggerFactory>() ?? NullLoggerFactory.Instance).CreateLogger<RabbitMqEventTransport>()));
    }
}
