using CloudNative.Discovery;

namespace CloudNative.Http.Connections;

/// <summary>
/// The handlers of one instance: mostly one, more when it is called by several authorities or endpoint names. Copy on
/// write.
/// </summary>
internal sealed class EndpointHandlers(ServiceEndpoints service)
{
    private readonly Lock _lock = new();
    private EndpointHandler[] _handlers = [];
    private bool _retired;

    public ServiceEndpoints Service { get; } = service;

    public int Count => Volatile.Read(ref _handlers).Length;

    public EndpointHandler? TryEnter(InstanceEndpoint endpoint, string host, int port, long now)
    {
        foreach (var handler in Volatile.Read(ref _handlers))
        {
            if (handler.Serves(endpoint, host, port) && handler.TryEnter(now))
            {
                return handler;
            }
        }

        return null;
    }

    /// <summary>Null when this object was retired meanwhile.</summary>
    public EndpointHandler? EnterOrAdd(
        InstanceEndpoint endpoint, string host, int port, long now, Func<EndpointHandler> create)
    {
        lock (_lock)
        {
            if (_retired)
            {
                return null;
            }

            if (TryEnter(endpoint, host, port, now) is { } present)
            {
                return present;
            }

            var handler = create();
            handler.TryEnter(now);
            Volatile.Write(ref _handlers, [.. _handlers, handler]);
            return handler;
        }
    }

    /// <summary>
    /// Closes what was last used before <paramref name="limit"/> and is not in use; retires when nothing is left.
    /// </summary>
    /// <returns>Whether it retired.</returns>
    public bool CloseIdle(long limit)
    {
        lock (_lock)
        {
            Volatile.Write(
                ref _handlers, [.. _handlers.Where(handler => handler.LastUsed >= limit || !handler.TryClose())]);
            return _retired = _handlers.Length == 0;
        }
    }

    public void Close()
    {
        lock (_lock)
        {
            _retired = true;
            Array.ForEach(_handlers, handler => handler.Dispose());
            Volatile.Write(ref _handlers, []);
        }
    }
}
