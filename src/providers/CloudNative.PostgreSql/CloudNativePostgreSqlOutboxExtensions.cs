using CloudNative;
using CloudNative.Eventing;
using CloudNative.PostgreSql;
using CloudNative.PostgreSql.Configuration;
using CloudNative.PostgreSql.Databases;
using CloudNative.PostgreSql.Inbox;
using CloudNative.PostgreSql.Outbox;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Names the service's PostgreSQL database as its outbox and inbox.</summary>
public static class CloudNativePostgreSqlOutboxExtensions
{
    /// <summary>
    /// Makes the service's PostgreSQL database, the one that the section <c>CloudNative:PostgreSql</c> describes, an
    /// outbox and an inbox:
    /// <see cref="IOutbox"/> and <see cref="EventContext.TryClaimAsync"/> take its transactions. Saying it twice equals
    /// once.
    /// </summary>
    /// <param name="events">The builder.</param>
    /// <returns>The same builder.</returns>
    public static IEventsBuilder UsePostgreSqlOutbox(this IEventsBuilder events)
    {
        ArgumentNullException.ThrowIfNull(events);
        events.Builder.Services.AddCloudNativePostgreSqlOutbox();
        return events;
    }

    /// <summary>Makes the service's PostgreSQL database an outbox and an inbox, without a builder.</summary>
    /// <param name="services">The services of the host.</param>
    /// <returns>The same services.</returns>
    public static IServiceCollection AddCloudNativePostgreSqlOutbox(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddPostgreSqlDatabase();
        if (services.Any(service => service.ServiceType == typeof(PostgreSqlOutboxStore)))
        {
            return services;
        }

        services.AddOptionsWithValidateOnStart<PostgreSqlOutboxOptions>().BindConfiguration(PostgreSqlOutboxOptions.SectionName);
        services.AddOptionsCheck<PostgreSqlOutboxOptions>();
        services.TryAddEnumerable(
            ServiceDescriptor.Singleton<IValidateOptions<PostgreSqlOutboxOptions>, PostgreSqlOutboxOptionsValidator>());
        services.AddSingleton(CreateOutbox);
        services.AddSingleton<IOutboxStore>(static provider => provider.GetRequiredService<PostgreSqlOutboxStore>());
        services.AddSingleton<IInboxStore>(static provider => new PostgreSqlInboxStore(
            new OutboxDatabase(provider.GetRequiredService<PostgreSqlDatabase>(), TableSet.FromResources("inbox", 1)),
            provider.GetRequiredService<TimeProvider>()));
        return services;
    }

    private static PostgreSqlOutboxStore CreateOutbox(IServiceProvider provider)
    {
        // Taken here: the outbox may be used while the container goes away, and that gives nothing any more.
        var options = provider.GetRequiredService<IOptions<PostgreSqlOutboxOptions>>();
        var loggers = provider.GetService<ILoggerFactory>() ?? NullLoggerFactory.Instance;
        return new PostgreSqlOutboxStore(
            new OutboxDatabase(provider.GetRequiredService<PostgreSqlDatabase>(), TableSet.FromResources("outbox", 1)),
            () => options.Value,
            provider.GetRequiredService<TimeProvider>(),
            loggers.CreateLogger<PostgreSqlOutboxStore>());
    }
}
