using System.Net;
using System.Runtime.ExceptionServices;
using CloudNative.Deadlines;
using CloudNative.Discovery;
using CloudNative.Http.Calls;
using CloudNative.Http.Connections;
using CloudNative.Http.Deadlines;
using CloudNative.Http.Grpc;
using CloudNative.Http.Leases;
using CloudNative.Http.Limits;
using CloudNative.Http.Retries;

namespace CloudNative.Http.Picking;

/// <summary>
/// Sends one attempt of a call. A connection that cannot be made costs nothing but time, so another endpoint is picked
/// at once, each at most once; what became of the rest is left in the call for the outer handler to judge.
/// </summary>
internal sealed class AttemptSender(ClientPipeline pipeline, EndpointHandlerPool handlers)
{
    // How many times its usual latency an instance may take, and how many seconds one that is not known, before a deadline that is not
    // the client's own says anything of it.
    private const double FairShare = 4;
    private const double Patience = 1;

    private static readonly TimeSpan GrpcGrace = TimeSpan.FromSeconds(1);

    private readonly EndpointWait _wait = new(pipeline);

    public async Task<HttpResponseMessage> SendAsync(ServiceCall call, CancellationToken cancellationToken)
    {
        ExceptionDispatchInfo? failure = null;
        while (true)
        {
            var seen = call.Service.Snapshot;
            if (!call.TryPick(out var pick))
            {
                if (call.FullAt > 0)
                {
                    throw pipeline.Reject(call);
                }

                await _wait.WaitAsync(call, seen, failure, cancellationToken).ConfigureAwait(false);
                continue;
            }

            if (call.Settings.IsLimited && !TryEnter(call, pick))
            {
                continue;
            }

            if (call.Pair is { } pair)
            {
                pair.Picked = pick.State;
            }

            EndpointHandler? handler = null;
            try
            {
                var sent = Prepare(call, pick);
                handler = handlers.Enter(call.Service, pick, sent.Host, sent.Port);
                var response = await handler.SendAsync(call.Request, cancellationToken).ConfigureAwait(false);
                if (!pipeline.IsProxy && LeasedBody.IsSmall(call.Request, response))
                {
                    await LeasedBody.TakeAsync(response, cancellationToken).ConfigureAwait(false);
                }

                handler.Leave();
                return Answer(call, pick, response);
            }
            catch (Exception exception)
            {
                handler?.Leave();
                if (!Fail(call, pick, exception, cancellationToken))
                {
                    throw;
                }

                failure = ExceptionDispatchInfo.Capture(exception);
            }
        }
    }

    private bool TryEnter(ServiceCall call, in EndpointPick pick)
    {
        var limit = pipeline.Limits.Of(pick.State);
        if (limit.TryEnter(call.Settings))
        {
            call.Limit = limit;
            return true;
        }

        pick.Complete(EndpointOutcome.Abandoned);
        call.AddFull(pick.State, limit.Allowed(call.Settings));
        return false;
    }

    /// <summary>Gives back the place at an instance, whose answer is there or will not come.</summary>
    private void Leave(ServiceCall call, in EndpointPick pick, EndpointOutcome outcome)
    {
        if (call.Limit is { } limit)
        {
            call.Limit = null;
            var now = pipeline.Services.Time.GetTimestamp();
            limit.Leave(LimitSignals.Of(outcome), now - pick.Begun, now, call.Settings);
        }
    }

    private Uri Prepare(ServiceCall call, in EndpointPick pick)
    {
        call.Sent = LogicalUri.For(call.Uri, pick.Endpoint);
        if (!ReferenceEquals(call.Sent, call.Request.RequestUri))
        {
            call.Request.RequestUri = call.Sent;
        }

        SentBody.Guard(call.Request);
        if (call.TellsDeadline)
        {
            pipeline.Services.Deadlines.Write(call.Request, call.Deadline, pick.Begun);
        }

        if (call.IsGrpc)
        {
            GrpcExchange.Count(call.Request, call.Attempt);
        }

        return call.Sent;
    }

    private static EndpointOutcome Judge(ServiceCall call, HttpResponseMessage response)
    {
        if (call.WasRedirected)
        {
            return EndpointOutcome.Success;
        }

        if (call.IsGrpc && GrpcExchange.StatusOf(response.Headers) is { } status)
        {
            return GrpcExchange.Asked(response) > TimeSpan.Zero ? EndpointOutcome.Overloaded : GrpcExchange.OutcomeOf(status);
        }

        return response.StatusCode switch
        {
            HttpStatusCode.TooManyRequests => EndpointOutcome.Overloaded,
            HttpStatusCode.ServiceUnavailable when response.Headers.NonValidated.Contains("Retry-After") => EndpointOutcome.Overloaded,
            < HttpStatusCode.InternalServerError or HttpStatusCode.NotImplemented => EndpointOutcome.Success,
            _ => CallDeadlines.HasPassed(response) ? EndpointOutcome.Abandoned : EndpointOutcome.Failure,
        };
    }

    /// <summary>The timestamp until which an instance that had no time for this call asks to be left alone.</summary>
    private long AskedUntil(ServiceCall call, HttpResponseMessage response)
    {
        var time = pipeline.Services.Time;
        var asked = call.IsGrpc ? GrpcExchange.Asked(response) : RetryDelays.Asked(response.Headers.RetryAfter, time);
        return asked > TimeSpan.Zero ? Deadline.TimestampAfter(time, time.GetTimestamp(), asked) : 0;
    }

    private HttpResponseMessage Answer(ServiceCall call, in EndpointPick pick, HttpResponseMessage response)
    {
        call.Conclude(AttemptEnd.Answered);
        if (!call.WasRedirected && !ReferenceEquals(call.Request.Content, call.Content))
        {
            call.Request.Content = call.Content;
        }

        var outcome = Judge(call, response);
        Leave(call, pick, outcome);
        pipeline.Services.Metrics.OnAttempt(pipeline.Client, call.Service.Service, outcome);
        if (outcome is EndpointOutcome.Failure or EndpointOutcome.Overloaded)
        {
            call.AddTried(pick.State, connected: true, AskedUntil(call, response));
        }

        if (LeasedBody.IsHere(call.Request, response))
        {
            pick.Complete(outcome);
        }
        else
        {
            response.Content = new LeasedContent(
                response.Content,
                pick,
                outcome,
                pipeline.Services.Time.GetTimestamp(),
                TimerOf(call, response),
                call.IsGrpc ? response : null);
        }

        return response;
    }

    /// <summary>
    /// A client's Timeout is for whole answers; of one that has no end, and of one that somebody else waits for, it limits the
    /// beginning.
    /// </summary>
    private BodyTimer? TimerOf(ServiceCall call, HttpResponseMessage response)
    {
        var until = pipeline.IsProxy || LeasedBody.IsEndless(call.Request, response) ? call.Deadline.Given : call.Deadline.Timestamp;
        if (until == long.MaxValue)
        {
            return null;
        }

        if (call.IsGrpc)
        {
            // Server and client know the deadline, and end the call with the status that says so. This is for those that do not.
            until = Deadline.TimestampAfter(pipeline.Services.Time, until, GrpcGrace);
        }

        var timer = pipeline.Services.BodyTimers.Rent();
        timer.Begin(pipeline, call, until);
        return timer;
    }

    /// <summary>
    /// Whether an attempt that ran out of time says something of its instance. A caller who left it next to none must not have it
    /// ejected.
    /// </summary>
    private bool HadTime(ServiceCall call, in EndpointPick pick)
    {
        if (call.Deadline.Origin == DeadlineOrigin.Client || call.WasCut)
        {
            return true;
        }

        var time = pipeline.Services.Time;
        var usual = pick.State.LatencySeconds;
        return time.GetElapsedTime(pick.Begun, time.GetTimestamp()).TotalSeconds >= (usual > 0 ? usual * FairShare : Patience);
    }

    /// <summary>Judges an attempt that failed.</summary>
    /// <returns>Whether nothing was sent, so that another endpoint may be picked.</returns>
    private bool Fail(ServiceCall call, in EndpointPick pick, Exception exception, CancellationToken cancellationToken)
    {
        // Where the instance led elsewhere it has answered; what failed then is not its fault.
        call.Conclude(AttemptFailure.Classify(exception, cancellationToken.IsCancellationRequested));
        var end = call.End;
        var outcome = end == AttemptEnd.Cancelled && call.HasExpired && HadTime(call, pick)
            ? EndpointOutcome.Timeout
            : AttemptFailure.OutcomeOf(end);
        pick.Complete(outcome);
        Leave(call, pick, outcome);
        pipeline.Services.Metrics.OnAttempt(pipeline.Client, call.Service.Service, outcome);
        call.AddTried(pick.State, connected: end != AttemptEnd.NotConnected);
        if (!call.WasRedirected)
        {
            call.RestoreRequest();
        }

        if (end != AttemptEnd.NotConnected || cancellationToken.IsCancellationRequested)
        {
            return false;
        }

        pipeline.Services.Metrics.OnRepick(pipeline.Client, call.Service.Service);
        return true;
    }
}
