using CloudNative.Health.Telemetry;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace CloudNative.Health.Evaluation;

/// <summary>Runs the checks: each in a loop of its own in the background, or all once on demand.</summary>
internal sealed class HealthEvaluator : IDisposable
{
    // Replicas that start together would otherwise ask the same database at the same moments for ever.
    private const double Jitter = 0.1;

    private readonly HealthState _state;
    private readonly HealthOptions _options;
    private readonly TimeProvider _time;
    private readonly CheckRunner[] _runners;
    private readonly SemaphoreSlim _onDemand = new(1, 1);

    public HealthEvaluator(
        HealthState state,
        IOptions<HealthOptions> options,
        IServiceScopeFactory scopes,
        HealthMetrics metrics,
        TimeProvider time)
    {
        _state = state;
        _options = options.Value;
        _time = time;
        _runners = [.. state.Checks.Select(check => new CheckRunner(
            check, check.Timeout > TimeSpan.Zero ? check.Timeout : _options.CheckTimeout, scopes, metrics, time))];
    }

    /// <summary>Evaluates until the token fires; the first run of each check begins at once.</summary>
    public Task RunAsync(CancellationToken cancellationToken) =>
        Task.WhenAll(_runners.Select((runner, index) => LoopAsync(runner, index, cancellationToken)));

    /// <summary>Runs all checks once; callers at the same time take turns.</summary>
    public async Task RunOnceAsync(CancellationToken cancellationToken)
    {
        await _onDemand.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await Task.WhenAll(_runners.Select((runner, index) => RunAsync(runner, index, cancellationToken)))
                .ConfigureAwait(false);
        }
        finally
        {
            _onDemand.Release();
        }
    }

    public void Dispose() => _onDemand.Dispose();

    private async Task LoopAsync(CheckRunner runner, int index, CancellationToken cancellationToken)
    {
        try
        {
            await WaitAsync(runner.Registration.Delay ?? TimeSpan.Zero, cancellationToken).ConfigureAwait(false);
            while (true)
            {
                await RunAsync(runner, index, cancellationToken).ConfigureAwait(false);
                var interval = runner.Registration.Period ?? _options.Interval;
                var spread = 1 + (Jitter * ((Random.Shared.NextDouble() * 2) - 1));
                await WaitAsync(interval * spread, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The host stops.
        }
    }

    private async Task RunAsync(CheckRunner runner, int index, CancellationToken cancellationToken) =>
        _state.Set(index, await runner.RunAsync(cancellationToken).ConfigureAwait(false));

    private Task WaitAsync(TimeSpan wait, CancellationToken cancellationToken) =>
        wait > TimeSpan.Zero ? Task.Delay(wait, _time, cancellationToken) : Task.CompletedTask;
}
