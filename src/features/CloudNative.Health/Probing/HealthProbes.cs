using CloudNative.Health.Evaluation;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace CloudNative.Health.Probing;

internal sealed class HealthProbes(HealthState state, HealthEvaluator evaluator, IHostModeProvider mode) : IHealthProbes
{
    private readonly bool _onDemand = mode.Mode == HostMode.Test;

    public ValueTask<HealthStatus> ProbeAsync(HealthProbe probe, CancellationToken cancellationToken) =>
        _onDemand ? EvaluateAsync(probe, cancellationToken) : new ValueTask<HealthStatus>(state.Read(probe));

    private async ValueTask<HealthStatus> EvaluateAsync(HealthProbe probe, CancellationToken cancellationToken)
    {
        await evaluator.RunOnceAsync(cancellationToken).ConfigureAwait(false);
        return state.Read(probe);
    }
}
