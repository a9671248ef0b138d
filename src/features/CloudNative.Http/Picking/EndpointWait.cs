using System.Runtime.ExceptionServices;
using CloudNative.Discovery;
using CloudNative.Http.Calls;

namespace CloudNative.Http.Picking;

/// <summary>
/// What a call does when no endpoint is left to pick: wait for one while that can help, else fail with the reason.
/// </summary>
internal sealed class EndpointWait(ClientPipeline pipeline)
{
    /// <summary>
    /// How long a call whose every endpoint refused waits for the table to change: long enough for a registry to
    /// notice that the only instance died, short enough for a list that never changes.
    /// </summary>
    private static readonly TimeSpan RefusedGrace = TimeSpan.FromSeconds(1);

    // Timers count whole milliseconds and may be early by part of one.
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(1);

    /// <summary>Returns when picking is worth another try.</summary>
    /// <param name="call">The call.</param>
    /// <param name="seen">The snapshot in which nothing could be picked.</param>
    /// <param name="failure">Why the last endpoint could not be connected, if one was tried.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task WaitAsync(
        ServiceCall call, EndpointSnapshot seen, ExceptionDispatchInfo? failure, CancellationToken cancellationToken)
    {
        var time = pipeline.Services.Time;
        if (call.IsBarred && call.FindWait() is var asked && asked < call.TimeLeft())
        {
            // The rest could not be connected; one that answered is left, and asked for this.
            await Task.Delay(asked + Moment, time, cancellationToken).ConfigureAwait(false);
            return;
        }

        if (!seen.Endpoints.IsEmpty && !call.HasTried)
        {
            if (call.Service.ReadSettled().Version != seen.Version)
            {
                return; // What there was to pick had changed already, and the snapshot had not.
            }

            throw NoEndpoints.Mismatch(call, seen);
        }

        if (call.WaitsUntil == 0)
        {
            call.WaitsUntil = time.GetTimestamp() + Ticks(call.Settings.WaitForEndpoint);
            pipeline.Services.Metrics.OnEndpointWait(pipeline.Client, call.Service.Service);
        }

        var left = time.GetElapsedTime(time.GetTimestamp(), call.WaitsUntil);
        if (!seen.Endpoints.IsEmpty && left > RefusedGrace)
        {
            left = RefusedGrace;
        }

        if (left <= TimeSpan.Zero || !await ChangesAsync(call.Service, seen, left, cancellationToken).ConfigureAwait(false))
        {
            failure?.Throw();
            throw NoEndpoints.Waited(call);
        }

        call.ForgetTried();
    }

    private async Task<bool> ChangesAsync(
        ServiceEndpoints service, EndpointSnapshot seen, TimeSpan limit, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(limit, pipeline.Services.Time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            await service.WaitForChangeAsync(seen, both.Token).ConfigureAwait(false);
            return true;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }

    private long Ticks(TimeSpan duration) => (long)(duration.TotalSeconds * pipeline.Services.Time.TimestampFrequency);
}
