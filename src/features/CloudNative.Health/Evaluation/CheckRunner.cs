using System.Diagnostics;
using CloudNative.Health.Telemetry;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace CloudNative.Health.Evaluation;

/// <summary>
/// Runs one check, one run at a time. A check that hangs is unhealthy and gets no second run beside the first.
/// </summary>
internal sealed class CheckRunner(
    HealthCheckRegistration registration,
    TimeSpan timeout,
    IServiceScopeFactory scopes,
    HealthMetrics metrics,
    TimeProvider time)
{
    private Task<HealthCheckResult>? _running;

    public HealthCheckRegistration Registration { get; } = registration;

    /// <summary>Not to be called again before it has returned.</summary>
    public async Task<CheckResult> RunAsync(CancellationToken cancellationToken)
    {
        if (_running is { IsCompleted: false })
        {
            return new CheckResult(Registration.FailureStatus, "An earlier run has not come back yet");
        }

        var begun = time.GetTimestamp();
        var result = await RunOnceAsync(cancellationToken).ConfigureAwait(false);
        metrics.Checked(Registration.Name, result.Status, time.GetElapsedTime(begun));
        return result;
    }

    private async Task<CheckResult> RunOnceAsync(CancellationToken cancellationToken)
    {
        using var budget = new CancellationTokenSource(timeout, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(budget.Token, cancellationToken);
        var token = both.Token;
        try
        {
            // On the pool, so that a check that blocks its thread blocks nobody else; WaitAsync, so that one deaf to
            // its token cannot.
            _running = Task.Run(() => CheckAsync(token), token);
            var result = await _running.WaitAsync(token).ConfigureAwait(false);
            return new CheckResult(result.Status, result.Description, result.Exception);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
        catch (OperationCanceledException) when (budget.IsCancellationRequested)
        {
            return new CheckResult(Registration.FailureStatus, $"No answer within {timeout.TotalSeconds:0.###} s");
        }
        catch (Exception exception)
        {
            return new CheckResult(Registration.FailureStatus, exception.Message, exception);
        }
    }

    private async Task<HealthCheckResult> CheckAsync(CancellationToken cancellationToken)
    {
        // An unsampled parent: calls a check makes follow its decision and stay out of the traces.
        using var unsampled = new Activity("health check") { ActivityTraceFlags = ActivityTraceFlags.None };
        unsampled.Start();
        var scope = scopes.CreateAsyncScope();
        await using (scope.ConfigureAwait(false))
        {
            var check = Registration.Factory(scope.ServiceProvider);
            var context = new HealthCheckContext { Registration = Registration };
            return await check.CheckHealthAsync(context, cancellationToken).ConfigureAwait(false);
        }
    }
}
