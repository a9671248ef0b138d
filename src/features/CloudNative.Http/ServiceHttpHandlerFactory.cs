using CloudNative.Http.Calls;
using CloudNative.Http.Connections;
using CloudNative.Http.Picking;

namespace CloudNative.Http;

/// <summary>
/// Makes handlers with the whole pipeline (deadline, retry, pick) for callers that do not go through
/// IHttpClientFactory, such as a reverse proxy. A singleton; thread-safe.
/// </summary>
public sealed class ServiceHttpHandlerFactory
{
    private readonly PipelineServices _services;

    internal ServiceHttpHandlerFactory(PipelineServices services) => _services = services;

    /// <summary>
    /// Makes a handler. Requests to services go to endpoints picked for them, all others as <paramref
    /// name="prototype"/> sends them. Dispose it to close all its connections. State that must outlive it (retry
    /// budgets, endpoint statistics) does.
    /// </summary>
    /// <param name="clientName">
    /// Names the settings: <c>CloudNative:Clients:&lt;name&gt;</c>, over the defaults of <c>CloudNative:Http</c>.
    /// </param>
    /// <param name="prototype">
    /// The settings of the connections, without a ConnectCallback or a Proxy of its own; owned by the returned handler
    /// from now on.
    /// </param>
    /// <returns>The handler, for an HttpMessageInvoker or HttpClient.</returns>
    /// <exception cref="ArgumentException">The prototype dials or proxies by itself.</exception>
    public HttpMessageHandler Create(string clientName, SocketsHttpHandler prototype)
    {
        ArgumentNullException.ThrowIfNull(clientName);
        ArgumentNullException.ThrowIfNull(prototype);
        if (PrimaryHandlers.TryGetPrototype(prototype, out var reason) is null)
        {
            throw new ArgumentException($"No endpoint can be picked for this handler: {reason}.", nameof(prototype));
        }

        var pipeline = new ClientPipeline(_services, clientName, isProxy: true);
        return new ServiceCallHandler(pipeline) { InnerHandler = new PickHandler(pipeline, prototype, prototype) };
    }
}
