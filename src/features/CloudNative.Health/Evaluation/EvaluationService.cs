using CloudNative.Lifecycle;
using Microsoft.Extensions.Hosting;

namespace CloudNative.Health.Evaluation;

/// <summary>
/// Runs the checks while the host runs. In a test host or under a tool nothing runs in the background.
/// </summary>
internal sealed class EvaluationService(
    HealthEvaluator evaluator,
    HealthState state,
    IServiceLifecycle lifecycle,
    IHostModeProvider mode) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (mode.Mode != HostMode.Service)
        {
            return;
        }

        await Task.WhenAll(evaluator.RunAsync(stoppingToken), TellStartedAsync(stoppingToken)).ConfigureAwait(false);
    }

    private async Task TellStartedAsync(CancellationToken cancellationToken)
    {
        await lifecycle.WaitForAsync(LifecyclePhase.Started, cancellationToken)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        state.Signal();
    }
}
