using CloudNative.Lifecycle;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace CloudNative.Health.Evaluation;

/// <summary>
/// Runs the checks while the host runs. In a test host or under a tool nothing runs in the background.
/// </summary>
internal sealed class EvaluationService(
    IServiceProvider services,
    IServiceLifecycle lifecycle,
    IHostModeProvider mode) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (mode.Mode != HostMode.Service)
        {
            return;
        }

        // Made only now: hosted services are made before options are validated, and these read theirs.
        var evaluator = services.GetRequiredService<HealthEvaluator>();
        var state = services.GetRequiredService<HealthState>();
        await Task.WhenAll(evaluator.RunAsync(stoppingToken), TellStartedAsync(state, stoppingToken)).ConfigureAwait(false);
    }

    private async Task TellStartedAsync(HealthState state, CancellationToken cancellationToken)
    {
        await lifecycle.WaitForAsync(LifecyclePhase.Started, cancellationToken)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        state.Signal();
    }
}
