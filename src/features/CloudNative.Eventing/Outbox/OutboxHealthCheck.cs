using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace CloudNative.Eventing.Outbox;

/// <summary>Says when events stay in an outbox for too long. Never unhealthy: the service itself can go on, and nothing is lost.</summary>
internal sealed class OutboxHealthCheck(OutboxRelay relay, EventOutboxOptions options, TimeProvider time) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        OutboxBacklog backlog;
        try
        {
            backlog = await relay.GetBacklogAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (EventTransportException exception)
        {
            return HealthCheckResult.Degraded(exception.Message, exception);
        }

        if (backlog.Oldest is { } oldest && time.GetUtcNow() - oldest is var age && age > options.DegradedAfter)
        {
            return HealthCheckResult.Degraded(
                $"{backlog.Waiting:N0} events wait in the outbox in '{relay.Name}', the oldest for {age.TotalSeconds:0} s.");
        }

        return backlog.SetAside > 0
            ? HealthCheckResult.Degraded($"{backlog.SetAside:N0} events were set aside in the outbox in '{relay.Name}'.")
            : HealthCheckResult.Healthy();
    }
}
