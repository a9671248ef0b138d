using CloudNative.Eventing.Configuration;
using CloudNative.Eventing.Inbox;
using CloudNative.Lifecycle;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace CloudNative.Eventing.Outbox;

/// <summary>Adds outbox and inbox; they stay idle while no database was named for them.</summary>
internal static class OutboxRegistration
{
    /// <summary>Called once, by <c>AddCloudNativeEventing</c>.</summary>
    public static void AddOutboxAndInbox(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<EventOutboxOptions, EventOutboxOptionsValidator>()
            .BindConfiguration(EventOutboxOptions.SectionName);
        services.AddOptionsCheck<EventOutboxOptions>();
        services.AddOptionsWithValidateOnStart<EventInboxOptions, EventInboxOptionsValidator>()
            .BindConfiguration(EventInboxOptions.SectionName);
        services.AddOptionsCheck<EventInboxOptions>();
        services.TryAddSingleton<IOutbox, TransactionalOutbox>();
        services.TryAddSingleton<OutboxMover>();
        services.TryAddSingleton<OutboxMetrics>();
        services.TryAddSingleton<OutboxRelays>();
        services.AddSingleton<IPendingEvents>(static provider => provider.GetRequiredService<OutboxRelays>());
        services.AddSingleton<ILifecycleParticipant>(static provider => provider.GetRequiredService<OutboxRelays>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<ILifecycleParticipant, InboxSweeper>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, OutboxEnd>());
        services.AddHealthChecks();
        services.AddSingleton<IConfigureOptions<HealthCheckServiceOptions>>(static provider =>
            new ConfigureOptions<HealthCheckServiceOptions>(options => AddChecks(options, provider)));
    }

    private static void AddChecks(HealthCheckServiceOptions options, IServiceProvider provider)
    {
        foreach (var relay in provider.GetRequiredService<OutboxRelays>().All)
        {
            options.Registrations.Add(new HealthCheckRegistration(
                $"outbox {relay.Name}",
                services => new OutboxHealthCheck(
                    relay,
                    services.GetRequiredService<IOptions<EventOutboxOptions>>().Value,
                    services.GetRequiredService<TimeProvider>()),
                failureStatus: HealthStatus.Degraded,
                tags: []));
        }
    }
}
