using CloudNative.Eventing.Planning;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace CloudNative.Eventing.Subscriptions;

/// <summary>Registers a health check for each subscription that the handlers make.</summary>
internal sealed class SubscriptionHealthSetup(IServiceProvider services) : IConfigureOptions<HealthCheckServiceOptions>
{
    public void Configure(HealthCheckServiceOptions options)
    {
        foreach (var key in services.GetRequiredService<Planner>().Peek())
        {
            options.Registrations.Add(new HealthCheckRegistration(
                $"events-{key.Topic}-{key.Group}",
                provider => new SubscriptionHealthCheck(provider.GetRequiredService<SubscriptionSet>(), key),
                HealthStatus.Degraded,
                ["events"]));
        }
    }
}
