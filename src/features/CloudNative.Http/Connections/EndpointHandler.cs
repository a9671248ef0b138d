using CloudNative.Discovery;

namespace CloudNative.Http.Connections;

/// <summary>
/// The primary handler of one endpoint under one logical authority, with its connections. Counted, so that nobody
/// sends through a closed one.
/// </summary>
internal sealed class EndpointHandler(InstanceEndpoint endpoint, LogicalAuthority authority, HttpMessageHandler handler)
    : IDisposable
{
    private const int Closed = int.MinValue;

    private readonly HttpMessageInvoker _invoker = new(handler);
    private InstanceEndpoint _endpoint = endpoint;
    private long _lastUsed;
    private int _users;

    /// <summary>The timestamp of the last use.</summary>
    public long LastUsed => Volatile.Read(ref _lastUsed);

    public bool Serves(InstanceEndpoint other, string host, int port)
    {
        if (authority.Port != port || !authority.IsHost(host))
        {
            return false;
        }

        if (ReferenceEquals(_endpoint, other))
        {
            return true;
        }

        if (!_endpoint.Equals(other))
        {
            return false;
        }

        // A refresh brings equal endpoints as new objects; remembering the newest keeps the comparison cheap.
        Volatile.Write(ref _endpoint, other);
        return true;
    }

    public bool TryEnter(long now)
    {
        int users;
        do
        {
            users = Volatile.Read(ref _users);
            if (users < 0)
            {
                return false;
            }
        }
        while (Interlocked.CompareExchange(ref _users, users + 1, users) != users);
        Volatile.Write(ref _lastUsed, now);
        return true;
    }

    public void Leave() => Interlocked.Decrement(ref _users);

    public Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        _invoker.SendAsync(request, cancellationToken);

    public HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken) =>
        _invoker.Send(request, cancellationToken);

    /// <summary>
    /// Closes the handler unless somebody is waiting for headers. Bodies under way are read to their end.
    /// </summary>
    public bool TryClose()
    {
        if (Interlocked.CompareExchange(ref _users, Closed, 0) != 0)
        {
            return false;
        }

        _invoker.Dispose();
        return true;
    }

    /// <summary>Closes the handler whoever uses it, with the chain it belongs to.</summary>
    public void Dispose()
    {
        Volatile.Write(ref _users, Closed);
        _invoker.Dispose();
    }
}
