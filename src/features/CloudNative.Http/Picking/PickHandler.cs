using CloudNative.Discovery;
using CloudNative.Http.Calls;
using CloudNative.Http.Connections;

namespace CloudNative.Http.Picking;

/// <summary>
/// The innermost part of a chain, in the place of its primary handler: a request to a service is sent to an endpoint
/// picked for it, any other goes to the user's own handler untouched.
/// </summary>
internal sealed class PickHandler : HttpMessageHandler
{
    private readonly ClientPipeline _pipeline;
    private readonly HttpMessageInvoker _untouched;
    private readonly EndpointHandlerPool _handlers;
    private readonly AttemptSender _sender;

    public PickHandler(ClientPipeline pipeline, HttpMessageHandler primary, SocketsHttpHandler prototype)
    {
        var services = pipeline.Services;
        _pipeline = pipeline;
        _untouched = new HttpMessageInvoker(primary);
        _handlers = new EndpointHandlerPool(
            new EndpointHandlerBuilder(prototype, pipeline.Settings, services.MeterFactory), services.Time);
        _sender = new AttemptSender(pipeline, _handlers);
    }

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (_pipeline.TryGetCall(request, out var call))
        {
            return _sender.SendAsync(call, cancellationToken);
        }

        return _pipeline.TryFind(request, out var service, out var query)
            ? SendAloneAsync(request, service, query, cancellationToken)
            : _untouched.SendAsync(request, cancellationToken);
    }

    protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (!_pipeline.TryFind(request, out _, out _))
        {
            return _untouched.Send(request, cancellationToken);
        }

        // A caller who chose the synchronous call chose to block its thread; the work itself runs elsewhere, so
        // nothing can deadlock.
        return Task.Run(() => SendAsync(request, cancellationToken), cancellationToken).GetAwaiter().GetResult();
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _handlers.Dispose();
            _untouched.Dispose();
        }

        base.Dispose(disposing);
    }

    // Discovery only: the client has no outer handler, or the name turned out to be no service.
    private async Task<HttpResponseMessage> SendAloneAsync(
        HttpRequestMessage request, ServiceEndpoints service, EndpointQuery query, CancellationToken cancellationToken)
    {
        var snapshot = await service.WaitForAnswerAsync(cancellationToken).ConfigureAwait(false);
        if (snapshot.Status != ServiceStatus.Known)
        {
            return await SendByDnsAsync(request, service, query, cancellationToken).ConfigureAwait(false);
        }

        var call = _pipeline.Services.Calls.Rent();
        try
        {
            var began = _pipeline.Services.Time.GetTimestamp();
            var deadline = _pipeline.Services.Deadlines.Of(request, request.FindSettings(), null, began, _pipeline.IsProxy);
            call.Begin(request, service, query, _pipeline.Settings.Current, null, deadline, began);
            return await _sender.SendAsync(call, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            call.Finish();
            _pipeline.Services.Calls.Return(call);
        }
    }

    private async Task<HttpResponseMessage> SendByDnsAsync(
        HttpRequestMessage request, ServiceEndpoints service, EndpointQuery query, CancellationToken cancellationToken)
    {
        var uri = request.RequestUri!;
        request.RequestUri = LogicalUri.WithFirstScheme(uri, query);
        try
        {
            return await _untouched.SendAsync(request, cancellationToken).ConfigureAwait(false);
        }
        catch (HttpRequestException exception) when (exception.HttpRequestError == HttpRequestError.NameResolutionError)
        {
            request.RequestUri = uri;
            throw _pipeline.Services.Unknown.Explain(service, exception);
        }
    }
}
