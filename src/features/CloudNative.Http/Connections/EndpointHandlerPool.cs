using System.Collections.Concurrent;
using CloudNative.Discovery;

namespace CloudNative.Http.Connections;

/// <summary>
/// The primary handlers of one chain, one per endpoint, made on first use. Requests sweep it now and then; there is no
/// timer, so a chain that is forgotten leaves nothing behind.
/// </summary>
internal sealed class EndpointHandlerPool(EndpointHandlerBuilder builder, TimeProvider time) : IDisposable
{
    /// <summary>
    /// An endpoint without calls for this long loses its handler; its connections idled out long before.
    /// </summary>
    public static readonly TimeSpan IdleTimeout = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan SweepInterval = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<EndpointState, EndpointHandlers> _handlers = new();
    private readonly long _sweepTicks = SweepInterval.Ticks * time.TimestampFrequency / TimeSpan.TicksPerSecond;
    private readonly long _idleTicks = IdleTimeout.Ticks * time.TimestampFrequency / TimeSpan.TicksPerSecond;
    private long _swept = time.GetTimestamp();
    private bool _disposed;

    public int Count => _handlers.Sum(pair => pair.Value.Count);

    /// <summary>The handler for a picked endpoint; leave it when the headers are there or the attempt failed.</summary>
    public EndpointHandler Enter(ServiceEndpoints service, in EndpointPick pick, string host, int port)
    {
        var now = pick.Begun;
        if (now - Volatile.Read(ref _swept) > _sweepTicks)
        {
            Sweep(now);
        }

        return _handlers.TryGetValue(pick.State, out var handlers)
            && handlers.TryEnter(pick.Endpoint, host, port, now) is { } handler
                ? handler
                : Add(service, pick, host, port);
    }

    /// <summary>Closes the handlers of endpoints that left, or that nobody called for long.</summary>
    public void Sweep(long now)
    {
        var swept = Volatile.Read(ref _swept);
        if (Interlocked.CompareExchange(ref _swept, now, swept) != swept)
        {
            return;
        }

        var present = new Dictionary<ServiceEndpoints, HashSet<EndpointState>>();
        foreach (var (state, handlers) in _handlers)
        {
            if (!present.TryGetValue(handlers.Service, out var states))
            {
                present[handlers.Service] = states = [.. handlers.Service.Snapshot.Endpoints];
            }

            if (handlers.CloseIdle(states.Contains(state) ? now - _idleTicks : long.MaxValue))
            {
                _handlers.TryRemove(new KeyValuePair<EndpointState, EndpointHandlers>(state, handlers));
            }
        }
    }

    public void Dispose()
    {
        Volatile.Write(ref _disposed, true);
        foreach (var (_, handlers) in _handlers)
        {
            handlers.Close();
        }
    }

    private EndpointHandler Add(ServiceEndpoints service, EndpointPick pick, string host, int port)
    {
        while (true)
        {
            var handlers = _handlers.GetOrAdd(
                pick.State, static (_, service) => new EndpointHandlers(service), service);
            var handler = handlers.EnterOrAdd(
                pick.Endpoint, host, port, pick.Begun, () => Build(pick, new LogicalAuthority(host, port)));
            if (handler is not null)
            {
                return handler;
            }

            _handlers.TryRemove(new KeyValuePair<EndpointState, EndpointHandlers>(pick.State, handlers));
        }
    }

    // Runs under the lock that Dispose takes for each entry, so that none is made behind its back.
    private EndpointHandler Build(EndpointPick pick, LogicalAuthority authority)
    {
        ObjectDisposedException.ThrowIf(Volatile.Read(ref _disposed), this);
        return builder.Build(pick.State.Instance, pick.Endpoint, authority);
    }
}
