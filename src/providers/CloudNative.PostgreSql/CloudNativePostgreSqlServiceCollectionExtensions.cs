using CloudNative.PostgreSql;
using CloudNative.PostgreSql.Configuration;
using CloudNative.PostgreSql.Databases;
using CloudNative.Providers;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds PostgreSQL without a builder.</summary>
public static class CloudNativePostgreSqlServiceCollectionExtensions
{
    /// <summary>
    /// Adds the provider <c>postgresql</c>. It serves when it is named. Nothing is connected before a feature uses it. Calling it twice
    /// equals once.
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
        _ = rank;
        services.AddPostgreSqlDatabase();
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
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<PostgreSqlOptions>, PostgreSqlOptionsValidator>());
        services.TryAddSingleton(provider =>
        {
            // Taken here: it may be used while the container goes away, and that gives nothing any more.
            var options = provider.GetRequiredService<IOptions<PostgreSqlOptions>>();
            return new PostgreSqlDatabase(() => DataSourceFactory.Create(provider, options.Value), () => options.Value);
        });
        return services;
    }
}
