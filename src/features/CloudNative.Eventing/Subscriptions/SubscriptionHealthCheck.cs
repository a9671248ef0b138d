using CloudNative.Eventing.Planning;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace CloudNative.Eventing.Subscriptions;

/// <summary>
/// Degraded while a subscription gets no events. Never unhealthy: a service that answers calls must not be taken out of them because
/// its events wait.
/// </summary>
internal sealed class SubscriptionHealthCheck(SubscriptionSet subscriptions, SubscriptionKey key) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(subscriptions.Find(key) switch
        {
            null => HealthCheckResult.Healthy("Not subscribed"),
            { State: SubscriptionState.Active } => HealthCheckResult.Healthy(),
            { State: SubscriptionState.Stopped } => HealthCheckResult.Healthy("Ended"),
            var paused => HealthCheckResult.Degraded(paused.Reason),
        });
}
