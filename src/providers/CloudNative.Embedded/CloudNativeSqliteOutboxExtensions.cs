using CloudNative;
using CloudNative.Embedded;
using CloudNative.Embedded.Configuration;
using CloudNative.Embedded.Databases;
using CloudNative.Embedded.Inbox;
using CloudNative.Embedded.Outbox;
using CloudNative.Eventing;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Names a SQLite database of the service as its outbox and inbox.</summary>
public static class CloudNativeSqliteOutboxExtensions
{
    /// <summary>
    /// Makes a SQLite database of the service an outbox and an inbox: <see cref="IOutbox"/> and <see cref="EventContext.TryClaimAsync"/>
    /// take its transactions. Several databases can be named; naming one twice equals once.
    /// </summary>
    /// <param name="events">The builder.</param>
    /// <param name="connectionString">The connection string, as the service itself uses it.</param>
    /// <returns>The same builder.</returns>
    public static IEventsBuilder UseSqliteOutbox(this IEventsBuilder events, string connectionString)
    {
        ArgumentNullException.ThrowIfNull(events);
        events.Builder.Services.AddCloudNativeSqliteOutbox(connectionString);
        return events;
    }

    /// <summary>The same, with a connection string that is known when the host is built.</summary>
    /// <param name="events">The builder.</param>
    /// <param name="connectionString">Called once, at first use.</param>
    /// <returns>The same builder.</returns>
    public static IEventsBuilder UseSqliteOutbox(this IEventsBuilder events, Func<IServiceProvider, string> connectionString)
    {
        ArgumentNullException.ThrowIfNull(events);
        events.Builder.Services.AddCloudNativeSqliteOutbox(connectionString);
        return events;
    }

    /// <summary>Makes a SQLite database of the service an outbox and an inbox, without a builder.</summary>
    /// <param name="services">The services of the host.</param>
    /// <param name="connectionString">The connection string, as the service itself uses it.</param>
    /// <returns>The same services.</returns>
    public static IServiceCollection AddCloudNativeSqliteOutbox(this IServiceCollection services, string connectionString)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentException.ThrowIfNullOrWhiteSpace(connectionString);
        return services.Add(new SqliteTarget(connectionString, null));
    }

    /// <summary>The same, with a connection string that is known when the host is built.</summary>
    /// <param name="services">The services of the host.</param>
    /// <param name="connectionString">Called once, at first use.</param>
    /// <returns>The same services.</returns>
    public static IServiceCollection AddCloudNativeSqliteOutbox(
        this IServiceCollection services, Func<IServiceProvider, string> connectionString)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(connectionString);
        return services.Add(new SqliteTarget(null, connectionString));
    }

    private static IServiceCollection Add(this IServiceCollection services, SqliteTarget target)
    {
        services.AddCloudNativeCore();
        services.AddConfigurationKeys(EmbeddedKeys.Section, EmbeddedKeys.All);
        if (!services.Any(service => service.ServiceType == typeof(SqliteTarget)))
        {
            services.AddOptionsWithValidateOnStart<SqliteOutboxOptions>().BindConfiguration(SqliteOutboxOptions.SectionName);
            services.AddOptionsCheck<SqliteOutboxOptions>();
        }

        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<SqliteOutboxOptions>, SqliteOutboxOptionsValidator>());
        if (services.Any(service => target.Equals(service.ImplementationInstance)))
        {
            return services;
        }

        services.AddSingleton(target);
        services.AddSingleton<IOutboxStore>(provider => new SqliteOutboxStore(
            Open(provider, target), provider.GetRequiredService<TimeProvider>(), CreateLogger<SqliteOutboxStore>(provider)));
        services.AddSingleton<IInboxStore>(provider =>
            new SqliteInboxStore(Open(provider, target), provider.GetRequiredService<TimeProvider>()));
        return services;
    }

    private static ServiceDatabase Open(IServiceProvider provider, SqliteTarget target)
    {
        // Taken here: the outbox may be used while the container goes away, and that gives nothing any more.
        var options = provider.GetRequiredService<IOptions<SqliteOutboxOptions>>();
        var connectionString = new Lazy<string>(() => target.Resolve(provider));
        return new ServiceDatabase(() => connectionString.Value, () => options.Value);
    }

    private static ILogger<T> CreateLogger<T>(IServiceProvider provider) =>
        (provider.GetService<ILoggerFactory>() ?? NullLoggerFactory.Instance).CreateLogger<T>();
}
