using System.Net;
using System.Runtime.ExceptionServices;
using CloudNative.Discovery;
using CloudNative.Http.Calls;
using CloudNative.Http.Connections;
using CloudNative.Http.Leases;

namespace CloudNative.Http.Picking;

/// <summary>
/// Sends one attempt of a call. A connection that cannot be made costs nothing but time, so another endpoint is picked
/// at once, each at most once; what became of the rest is left in the call for the outer handler to judge.
/// </summary>
internal sealed class AttemptSender(ClientPipeline pipeline, EndpointHandlerPool handlers)
{
    private readonly EndpointWait _wait = new(pipeline);

    public async Task<HttpResponseMessage> SendAsync(ServiceCall call, CancellationToken cancellationToken)
    {
        ExceptionDispatchInfo? failure = null;
        while (true)
        {
            var seen = call.Service.Snapshot;
            if (!call.TryPick(out var pick))
            {
                await _wait.WaitAsync(call, seen, failure, cancellationToken).ConfigureAwait(false);
                continue;
            }

            EndpointHandler? handler = null;
            try
            {
                var sent = Prepare(call, pick.Endpoint);
                handler = handlers.Enter(call.Service, pick, sent.Host, sent.Port);
                var response = await handler.SendAsync(call.Request, cancellationToken).ConfigureAwait(false);
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

    private static Uri Prepare(ServiceCall call, InstanceEndpoint endpoint)
    {
        call.Sent = LogicalUri.For(call.Uri, endpoint);
        if (!ReferenceEquals(call.Sent, call.Request.RequestUri))
        {
            call.Request.RequestUri = call.Sent;
        }

        SentBody.Guard(call.Request);
        return call.Sent;
    }

    private static EndpointOutcome Judge(ServiceCall call, HttpResponseMessage response) =>
        (int)response.StatusCode >= 500 && response.StatusCode != HttpStatusCode.NotImplemented && !call.WasRedirected
            ? EndpointOutcome.Failure
            : EndpointOutcome.Success;

    private HttpResponseMessage Answer(ServiceCall call, in EndpointPick pick, HttpResponseMessage response)
    {
        call.Conclude(AttemptEnd.Answered);
        if (!call.WasRedirected && !ReferenceEquals(call.Request.Content, call.Content))
        {
            call.Request.Content = call.Content;
        }

        var outcome = Judge(call, response);
        pipeline.Services.Metrics.OnAttempt(pipeline.Client, call.Service.Service, outcome);
        if (outcome == EndpointOutcome.Failure)
        {
            call.AddTried(pick.State, connected: true);
        }

        if (LeasedBody.IsHere(call.Request, response))
        {
            pick.Complete(outcome);
        }
        else
        {
            response.Content = new LeasedContent(response.Content, pick, outcome, pipeline.Services.Time.GetTimestamp());
        }

        return response;
    }

    /// <summary>Judges an attempt that failed.</summary>
    /// <returns>Whether nothing was sent, so that another endpoint may be picked.</returns>
    private bool Fail(ServiceCall call, in EndpointPick pick, Exception exception, CancellationToken cancellationToken)
    {
        // Where the instance led elsewhere it has answered; what failed then is not its fault.
        call.Conclude(AttemptFailure.Classify(exception, cancellationToken.IsCancellationRequested));
        var end = call.End;
        var outcome = end == AttemptEnd.Cancelled && call.HasExpired
            ? EndpointOutcome.Timeout
            : AttemptFailure.OutcomeOf(end);
        pick.Complete(outcome);
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
