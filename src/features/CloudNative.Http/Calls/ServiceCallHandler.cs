using CloudNative.Discovery;
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
        var snapshot = await service.WaitForAnswerAsync(cancellationToken).ConfigureAwait(false);
        var answer = snapshot.Status == ServiceStatus.Known
            ? Call(request, service, query, began, cancellationToken)
            : base.SendAsync(request, cancellationToken);
        return await answer.ConfigureAwait(false);
    }

    private Task<HttpResponseMessage> Call(
        HttpRequestMessage request, ServiceEndpoints service, EndpointQuery query, long began, CancellationToken cancellationToken)
    {
        var call = pipeline.Services.Calls.Rent();
        call.Begin(request, service, query, pipeline.Settings.Current, pipeline.BudgetOf(service), began);
        pipeline.Enter(request, call);
        return RunAsync(call, request, cancellationToken);
    }

    private async Task<HttpResponseMessage> RunAsync(
        ServiceCall call, HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                HttpResponseMessage? response = null;
                try
                {
                    response = await base.SendAsync(request, call.BeginAttempt(cancellationToken)).ConfigureAwait(false);
                    if (!_retry.IsWanted(call, response))
                    {
                        return response;
                    }
                }
                catch (Exception exception) when (_retry.IsWanted(call, exception, cancellationToken))
                {
                    // Decided; the next attempt is prepared below.
                }
                catch (OperationCanceledException exception) when (call.HasExpired)
                {
                    throw _retry.DeadlineExceeded(call, exception);
                }
                finally
                {
                    call.EndAttempt();
                }

                await _retry.PrepareAsync(call, response, cancellationToken).ConfigureAwait(false);
            }
        }
        finally
        {
            pipeline.Leave(request, call);
            pipeline.Services.Calls.Return(call);
        }
    }
}
