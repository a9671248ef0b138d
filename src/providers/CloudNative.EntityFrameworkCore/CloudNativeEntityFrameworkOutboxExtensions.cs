using CloudNative;
using CloudNative.Configuration;
using CloudNative.EntityFrameworkCore;
using CloudNative.EntityFrameworkCore.Configuration;
using CloudNative.EntityFrameworkCore.Contexts;
using CloudNative.EntityFrameworkCore.Inbox;
using CloudNative.EntityFrameworkCore.Outbox;
using CloudNative.Eventing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Names a context of the service as its outbox and inbox.</summary>
public static class CloudNativeEntityFrameworkOutboxExtensions
{
    /// <summary>
    /// Makes the database of a context an outbox and an inbox: <c>outbox.Enqueue(context, data)</c> and
    /// <c>context.TryClaimAsync(database, …)</c> write with its SaveChanges. Its model needs
    /// <c>AddCloudNativeEvents()</c>. Several contexts can be named; naming one twice equals once.
    /// </summary>
    /// <param name="events">The builder.</param>
    /// <typeparam name="TContext">The context; registered by <c>AddDbContext</c>, before or after.</typeparam>
    /// <returns>The same builder.</returns>
    public static IEventsBuilder UseEntityFrameworkOutbox<TContext>(this IEventsBuilder events)
        where TContext : DbContext
    {
        ArgumentNullException.ThrowIfNull(events);
        events.Builder.Services.AddCloudNativeEntityFrameworkOutbox<TContext>();
        return events;
    }

    /// <summary>Makes the database of a context an outbox and an inbox, without a builder.</summary>
    /// <param name="services">The services of the host.</param>
    /// <typeparam name="TContext">The context; registered by <c>AddDbContext</c>, before or after.</typeparam>
    /// <returns>The same services.</returns>
    public static IServiceCollection AddCloudNativeEntityFrameworkOutbox<TContext>(this IServiceCollection services)
        where TContext : DbContext
    {
        ArgumentNullException.ThrowIfNull(services);
        if (services.Any(service => service.ServiceType == typeof(CommitSignal<TContext>)))
        {
            return services;
        }

        services.AddCloudNativeCore();
        services.AddConfigurationKeys(EntityFrameworkKeys.Section, EntityFrameworkKeys.All);
        services.AddOptionsWithValidateOnStart<EntityFrameworkOutboxOptions>()
            .BindConfiguration(EntityFrameworkOutboxOptions.SectionName);
        services.AddOptionsCheck<EntityFrameworkOutboxOptions>();
        services.TryAddEnumerable(
            ServiceDescriptor.Singleton<IValidateOptions<EntityFrameworkOutboxOptions>, EntityFrameworkOutboxOptionsValidator>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IConfigurationCheck, ContextCheck<TContext>>());
        services.AddSingleton<CommitSignal<TContext>>();
        services.AddSingleton<CommitInterceptor<TContext>>();
        services.AddSingleton<ContextDatabase<TContext>>();
        services.ConfigureDbContext<TContext>((provider, options) =>
            options.AddInterceptors(provider.GetRequiredService<CommitInterceptor<TContext>>()));
        services.AddSingleton<IOutboxStore>(CreateOutbox<TContext>);
        services.AddSingleton<IInboxStore>(provider => new EntityFrameworkInboxStore<TContext>(
            provider.GetRequiredService<ContextDatabase<TContext>>(), provider.GetRequiredService<TimeProvider>()));
        return services;
    }

    private static EntityFrameworkOutboxStore<TContext> CreateOutbox<TContext>(IServiceProvider provider)
        where TContext : DbContext
    {
        // Taken here: the outbox may be used while the container goes away, and that gives nothing any more.
        var options = provider.GetRequiredService<IOptions<EntityFrameworkOutboxOptions>>();
        var loggers = provider.GetService<ILoggerFactory>() ?? NullLoggerFactory.Instance;
        return new EntityFrameworkOutboxStore<TContext>(
            provider.GetRequiredService<ContextDatabase<TContext>>(),
            provider.GetRequiredService<CommitSignal<TContext>>(),
            () => options.Value,
            provider.GetRequiredService<TimeProvider>(),
            loggers.CreateLogger<EntityFrameworkOutboxStore<TContext>>());
    }
}
