using System.Diagnostics.CodeAnalysis;
using CloudNative.Health;
using CloudNative.Lifecycle;
using Grpc.Health.V1;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Status = Grpc.Health.V1.HealthCheckResponse.Types.ServingStatus;

namespace CloudNative.Grpc.AspNetCore.Probing;

/// <summary>Says by the probes of this process how a service is, now and when that changes.</summary>
internal sealed class HealthAnswers(
    IHealthProbes probes, IReadinessSource readiness, IServiceLifecycle lifecycle, ServiceNames services)
{
    /// <summary>Fires when the service has begun to stop.</summary>
    public CancellationToken Stopping => lifecycle.Withdrawing;

    /// <summary>The probe that a name stands for.</summary>
    public bool TryFind(string service, [NotNullWhen(true)] out HealthProbe? probe)
    {
        probe = service switch
        {
            "" or "ready" => HealthProbe.Ready,
            "live" => HealthProbe.Live,
            "startup" => HealthProbe.Startup,
            _ when services.Contains(service) => HealthProbe.Ready,
            _ => null,
        };
        return probe is not null;
    }

    public async Task<HealthCheckResponse> AskAsync(HealthProbe probe, CancellationToken cancellationToken)
    {
        var status = await probes.ProbeAsync(probe, cancellationToken).ConfigureAwait(false);
        return new HealthCheckResponse { Status = status == HealthStatus.Unhealthy ? Status.NotServing : Status.Serving };
    }

    /// <summary>Waits until the service has become ready, or is no longer.</summary>
    public Task WaitForChangeAsync(CancellationToken cancellationToken) =>
        readiness.WaitForChangeAsync(readiness.IsReady, cancellationToken);
}
