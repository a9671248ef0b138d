using System.Net;
using CloudNative.Http.Calls;
using CloudNative.Http.Deadlines;
using CloudNative.Http.Grpc;
using CloudNative.Http.Picking;
using CloudNative.Http.Settings;

namespace CloudNative.Http.Retries;

/// <summary>Whether another attempt of a call is safe, of use, in time and affordable.</summary>
internal sealed class RetryDecision(ClientPipeline pipeline)
{
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(20);

    // Timers count whole milliseconds and may be early by part of one.
    private static readonly TimeSpan Precision = TimeSpan.FromMilliseconds(1);

    private readonly PipelineServices _services = pipeline.Services;

    /// <summary>
    /// The instance says that the deadline has passed, and is right but for a moment: callers should not see two kinds of failure, as one
    /// clock or the other is first.
    /// </summary>
    public static bool IsOver(ServiceCall call, HttpResponseMessage response) =>
        response.StatusCode == HttpStatusCode.GatewayTimeout && CallDeadlines.HasPassed(response) && call.TimeLeft() <= Moment;

    /// <summary>Waits for the moment that is left, and lets go of the answer.</summary>
    public async Task RunOutAsync(ServiceCall call, HttpResponseMessage response, CancellationToken cancellationToken)
    {
        response.Dispose();
        var left = call.TimeLeft();
        if (left > TimeSpan.Zero)
        {
            await Task.Delay(left + Precision, _services.Time, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>An answer that another instance may better.</summary>
    public bool IsWanted(ServiceCall call, HttpResponseMessage response)
    {
        if (call.IsGrpc && response.StatusCode == HttpStatusCode.OK)
        {
            return call.End == AttemptEnd.Answered && !call.WasRedirected && call.MayRepeat
                && GrpcExchange.MayRepeat(response) && IsAffordable(call);
        }

        if (response.StatusCode is not (HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout)
            || call.End != AttemptEnd.Answered || call.WasRedirected || !call.MayRepeat || CallDeadlines.HasPassed(response))
        {
            return false;
        }

        return IsAffordable(call);
    }

    /// <summary>An attempt that failed, or that was cut short to make room for this one.</summary>
    public bool IsWanted(ServiceCall call, Exception exception, CancellationToken caller)
    {
        if (caller.IsCancellationRequested || call.WasRedirected)
        {
            return false;
        }

        if (call.HasExpired)
        {
            return exception is OperationCanceledException && call.WasCut && IsInTime(call, TimeSpan.Zero);
        }

        return call.End switch
        {
            AttemptEnd.Broken => call.MayRepeat && IsAffordable(call),
            AttemptEnd.Refused => call.MayRepeatRefused && IsAffordable(call),
            _ => false,
        };
    }

    /// <summary>Lets go of the failed answer, waits, and puts the request back as it was.</summary>
    public async Task PrepareAsync(ServiceCall call, HttpResponseMessage? failed, CancellationToken cancellationToken)
    {
        failed?.Dispose();
        _services.Metrics.OnRetry(pipeline.Client, call.Service.Service);
        if (call.Delay > TimeSpan.Zero)
        {
            await Task.Delay(call.Delay, _services.Time, cancellationToken).ConfigureAwait(false);
        }

        call.RestoreRequest();
    }

    /// <summary>Counts a call that ran out of time, and says so.</summary>
    public TaskCanceledException DeadlineExceeded(ServiceCall call, OperationCanceledException cause) =>
        DeadlineExceeded(call.Service.Service, call.Settings, call.Deadline, call.Attempt, cause);

    /// <inheritdoc cref="DeadlineExceeded(ServiceCall, OperationCanceledException)" />
    public TaskCanceledException DeadlineExceeded(
        string service, ClientSettings settings, in CallDeadline deadline, int attempts, OperationCanceledException cause)
    {
        _services.Metrics.OnDeadlineExceeded(pipeline.Client, service);
        var limit = DeadlineText.LimitOf(pipeline.Section, settings, deadline);
        var text = $"The call to '{service}' did not get an answer {limit}, in {attempts} attempt{(attempts == 1 ? "" : "s")}.";
        return DeadlineText.Exceeded(text, cause);
    }

    private bool IsAffordable(ServiceCall call)
    {
        var jitter = RetryDelays.Jitter(call.Settings, call.Attempt, Random.Shared.NextDouble());
        var asked = call.FindWait();
        return IsInTime(call, asked > jitter ? asked + Precision : jitter) && pipeline.TryTakeRetry(call);
    }

    private static bool IsInTime(ServiceCall call, TimeSpan delay)
    {
        call.Delay = delay;
        return delay < call.TimeLeft();
    }
}
