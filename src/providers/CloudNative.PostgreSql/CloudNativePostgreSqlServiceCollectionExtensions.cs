using System.Diagnostics.Metrics;
using CloudNative;
using CloudNative.Eventing;
using CloudNative.Leases;
using CloudNative.PostgreSql;
using CloudNative.PostgreSql.Configuration;
using CloudNative.PostgreSql.Databases;
using CloudNative.PostgreSql.Events;
using CloudNative.PostgreSql.Leases;
using CloudNative.PostgreSql.Telemetry;
using CloudNative.Providers;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds PostgreSQL without a builder.</summary>
public static class CloudNativePostgreSqlServiceCollectionExtensions
{
    /// <summary>
    /// Adds the provider <c>postgresql</c> for events and leases. It serves when it is named. Nothing is connected before a feature uses
    /// it. Calling it twice equals once.
    /// </summary>
    /// <param name="services">The services of the host.</param>
    /// <returns>The same services.</returns>
    public static IServiceCollection AddCloudNativePostgreSql(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        return services.AddPostgreSql(ProviderRank.Named);
    }

    internal static IServiceCollection AddPostgreSql(this IServiceCollection services, ProviderRank rank)
    {
        services.AddPostgreSqlDatabase();
        services.AddProviderOffer(new ProviderOffer(PostgreSqlProvider.Name, CloudNativeFeatures.Eventing, rank));
        services.TryAddSingleton(provider => new PostgreSqlMetrics(provider.GetService<IMeterFactory>()));
        services.TryAddSingleton(CreateLog);
        services.TryAddKeyedSingleton<IEventTransport>(
            PostgreSqlProvider.Name, (provider, _) => new PostgreSqlEventTransport(provider.GetRequiredService<EventLog>()));
        services.AddProviderOffer(new ProviderOffer(PostgreSqlProvider.Name, CloudNativeFeatures.Leases, rank));
        services.TryAddKeyedSingleton<ILeaseProvider>(PostgreSqlProvider.Name, (provider, _) => new PostgreSqlLeaseProvider(
            new LeaseTables(provider.GetRequiredService<PostgreSqlDatabase>()),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<PostgreSqlMetrics>(),
            (provider.GetService<ILoggerFactory>() ?? NullLoggerFactory.Instance).CreateLogger<PostgreSqlLease>()));
        return services;
    }

    /// <summary>The database by itself, for what uses it without being chosen as a provider.</summary>
    internal static IServiceCollection AddPostgreSqlDatabase(this IServiceCollection services)
    {
        services.AddCloudNativeCore();
        if (services.Any(service => service.ServiceType == typeof(PostgreSqlDatabase)))
        {
            return services;
        }

        services.AddConfigurationKeys(PostgreSqlKeys.Section, PostgreSqlKeys.All);
        services.AddOptionsWithValidateOnStart<PostgreSqlOptions>().BindConfiguration(PostgreSqlOptions.SectionName);
        services.AddOptionsCheck<PostgreSqlOptions>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<PostgreSqlOptions>, PostgreSqlOptionsValidator>());
        services.TryAddSingleton(provider =>
        {
            // Taken here: it may be used while the container goes away, and that gives nothing any more.
            var options = provider.GetRequiredService<IOptions<PostgreSqlOptions>>();
            return new PostgreSqlDatabase(() => DataSourceFactory.Create(provider, options.Value), () => options.Value);
        });
        return services;
    }

    private static EventLog CreateLog(IServiceProvider provider) => new(new LogContext(
        provider.GetRequiredService<PostgreSqlDatabase>(),
        provider.GetRequiredService<TimeProvider>(),
        provider.GetRequiredService<PostgreSqlMetrics>(),
        (provider.GetService<ILoggerFactory>() ?? NullLoggerFactory.Instance).CreateLogger<EventLog>()));
}
