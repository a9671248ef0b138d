using CloudNative.Discovery;
using CloudNative.Http.Grpc;
using CloudNative.Http.Hedging;
using CloudNative.Http.Retries;

namespace CloudNative.Http.Calls;

/// <summary>
/// The outermost part of a chain: gives a call its deadline and makes another attempt where that is safe and
/// affordable. The user's handlers run inside, once an attempt. A request that is no call to a service passes.
/// </summary>
internal sealed class ServiceCallHandler(ClientPipeline pipeline) : DelegatingHandler
{
    private readonly RetryDecision _retry = new(pipeline);

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (!pipeline.TryFind(request, out var service, out var query))
        {
            return base.SendAsync(request, cancellationToken);
        }

        var began = pipeline.Services.Time.GetTimestamp();
        return service.Snapshot.Status switch
        {
            ServiceStatus.Known => Call(request, service, query, began, cancellationToken),
            ServiceStatus.Unknown => CallWhenKnownAsync(request, service, query, began, cancellationToken),
            _ => base.SendAsync(request, cancellationToken),
        };
    }

    private async Task<HttpResponseMessage> CallWhenKnownAsync(
        HttpRequestMessage request, ServiceEndpoints service, EndpointQuery query, long began, CancellationToken cancellationToken)
    {
        var snapshot = await WaitForAnswerAsync(request, service, began, cancellationToken).ConfigureAwait(false);
        var answer = snapshot.Status == ServiceStatus.Known
            ? Call(request, service, query, began, cancellationToken)
            : base.SendAsync(request, cancellationToken);
        return await answer.ConfigureAwait(false);
    }

    private async Task<EndpointSnapshot> WaitForAnswerAsync(
        HttpRequestMessage request, ServiceEndpoints service, long began, CancellationToken cancellationToken)
    {
        var settings = pipeline.Settings.Current;
        var deadline = pipeline.Services.Deadlines.Of(request, request.FindSettings(), settings, began, pipeline.IsProxy);
        var timeLeft = pipeline.Services.Deadlines.TimeLeft(deadline);
        try
        {
            return await service.WaitForAnswerAsync(cancellationToken).AsTask()
                .WaitAsync(timeLeft, pipeline.Services.Time, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException exception)
        {
            throw _retry.DeadlineExceeded(service.Service, settings, deadline, 0, new OperationCanceledException(exception.Message));
        }
    }

    private Task<HttpResponseMessage> Call(
        HttpRequestMessage request, ServiceEndpoints service, EndpointQuery query, long began, CancellationToken cancellationToken)
    {
        var settings = pipeline.Settings.Current;
        var wishes = request.FindSettings();
        var deadline = pipeline.Services.Deadlines.Of(request, wishes, settings, began, pipeline.IsProxy);
        var call = pipeline.Services.Calls.Rent();
        call.Begin(request, service, query, settings, pipeline.BudgetOf(service), deadline, began, wishes?.MaxAttempts);
        pipeline.Enter(request, call);
        var answer = settings.IsHedged && MayHedge(call)
            ? HedgeAsync(call, request, cancellationToken)
            : RunAsync(call, request, cancellationToken);
        return pipeline.Fallback is { } fallback
            ? fallback.SendAsync(answer, request, service.Service, cancellationToken)
            : answer;
    }

    // A gRPC client makes an exception with the right status of an answer, but not of an exception.
    private HttpResponseMessage AnswerExceeded(ServiceCall call, HttpRequestMessage request, OperationCanceledException cause)
    {
        var exceeded = _retry.DeadlineExceeded(call, cause);
        return call.IsGrpc ? GrpcExchange.Answer(request, GrpcStatus.DeadlineExceeded, exceeded.Message) : throw exceeded;
    }

    private Task<HttpResponseMessage> HedgeAsync(ServiceCall call, HttpRequestMessage request, CancellationToken cancellationToken)
    {
        // The call itself may be over and another's by the time its hedge goes out.
        var (service, query, settings) = (call.Service, call.Query, call.Settings);
        var (deadline, began) = (call.Deadline, call.Began);
        return new HedgedCall(pipeline, Start).SendAsync(
            request, service.Service, pipeline.HedgeOf(service), settings, cancellationToken);

        Task<HttpResponseMessage> Start(HttpRequestMessage message, HedgePair pair, bool isHedge, CancellationToken token)
        {
            if (!isHedge)
            {
                call.Pair = pair;
                return RunAsync(call, message, token);
            }

            var hedge = pipeline.Services.Calls.Rent();
            hedge.Begin(message, service, query, settings, pipeline.BudgetOf(service), deadline, began, 1);
            hedge.AddTried(pair.Picked!, connected: false);
            pipeline.Enter(message, hedge);
            return RunAsync(hedge, message, token);
        }
    }

    // The status of gRPC calls comes with their end, so which of two is the good one is not known when headers are there.
    private bool MayHedge(ServiceCall call) =>
        !pipeline.IsProxy && !call.IsGrpc && call.Service.Snapshot.Endpoints.Length > 1
        && call.Settings.IsIdempotent(call.Request) && Replay.CanSendTwice(call.Content);

    private async Task<HttpResponseMessage> RunAsync(
        ServiceCall call, HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            if (call.Deadline.Timestamp <= call.Began)
            {
                return AnswerExceeded(call, request, new OperationCanceledException());
            }

            if (call.MayBuffer)
            {
                await call.BufferAsync(cancellationToken).ConfigureAwait(false);
            }

            while (true)
            {
                HttpResponseMessage? response = null;
                var isOver = false;
                try
                {
                    response = await base.SendAsync(request, call.BeginAttempt(cancellationToken)).ConfigureAwait(false);
                    isOver = RetryDecision.IsOver(call, response);
                    if (!isOver && !_retry.IsWanted(call, response))
                    {
                        return response;
                    }
                }
                catch (Exception exception) when (_retry.IsWanted(call, exception, cancellationToken))
                {
                    // Decided; the next attempt is prepared below.
                }
                catch (ConcurrencyLimitException exception) when (call.IsGrpc)
                {
                    return GrpcExchange.Answer(request, GrpcStatus.ResourceExhausted, exception.Message);
                }
                catch (OperationCanceledException exception) when (call.HasExpired)
                {
                    return AnswerExceeded(call, request, exception);
                }
                finally
                {
                    call.EndAttempt();
                }

                if (isOver)
                {
                    await _retry.RunOutAsync(call, response!, cancellationToken).ConfigureAwait(false);
                    return AnswerExceeded(call, request, new OperationCanceledException());
                }

                await _retry.PrepareAsync(call, response, cancellationToken).ConfigureAwait(false);
            }
        }
        finally
        {
            pipeline.Leave(request, call);
            call.Finish();
            pipeline.Services.Calls.Return(call);
        }
    }
}
