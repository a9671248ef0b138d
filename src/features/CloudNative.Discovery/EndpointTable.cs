using System.Collections.Concurrent;
using System.Net;
using CloudNative.Discovery.Balancing;
using CloudNative.Discovery.Configuration;
using CloudNative.Discovery.Resolution;
using CloudNative.Discovery.Telemetry;
using Microsoft.Extensions.Logging;

namespace CloudNative.Discovery;

/// <summary>
/// What this process knows of its neighbours: one table, a singleton, shared by HTTP, gRPC and gateway. It holds at
/// most one watch per source and service, however many clients ask. Thread-safe. Use it directly to find endpoints for
/// a protocol of your own.
/// </summary>
public sealed class EndpointTable : IDisposable, IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, ServiceEndpoints> _services = new(StringComparer.OrdinalIgnoreCase);
    private readonly CancellationTokenSource _stopping = new();
    private readonly SourceCatalog _catalog;
    private readonly TimeProvider _time;
    private readonly CurrentDiscoveryOptions _options;
    private readonly DiscoveryMetrics _metrics;
    private readonly SelectionBuilder _builder;
    private readonly ILoggerFactory _loggers;
    private readonly EndpointScreen _screen;
    private readonly bool _enabled;
    private readonly Lock _sweepLock = new();
    private readonly Lock _stopLock = new();
    private ITimer? _sweep;
    private Task? _stopped;

    internal EndpointTable(
        SourceCatalog catalog,
        TimeProvider time,
        CurrentDiscoveryOptions options,
        DiscoveryMetrics metrics,
        SelectionBuilder builder,
        ILoggerFactory loggers)
    {
        _catalog = catalog;
        _time = time;
        _options = options;
        _metrics = metrics;
        _builder = builder;
        _loggers = loggers;
        _screen = new EndpointScreen(options, metrics, loggers.CreateLogger("CloudNative.Discovery.Sources"));
        _enabled = options.Value.Enabled;
        metrics.Observe(this);
    }

    internal IEnumerable<ServiceEndpoints> Services => _services.Values;

    internal IEnumerable<SourceGate> Gates => _catalog.Gates;

    /// <summary>
    /// The handle to a service; the same object for the same name, compared without case. Opens its watch, and never
    /// blocks.
    /// </summary>
    /// <param name="service">The logical name.</param>
    /// <returns>The handle.</returns>
    public ServiceEndpoints Get(string service)
    {
        ArgumentException.ThrowIfNullOrEmpty(service);
        if (!_services.TryGetValue(service, out var endpoints))
        {
            endpoints = _services.GetOrAdd(service, Create);
        }

        endpoints.Touch();
        return endpoints;
    }

    /// <summary>
    /// Whether the host of a URI may name a service: a name without dots, a name that configuration lists in
    /// <c>Services</c> or a provider knows for a qualified one, or <c>_endpoint.service</c>. Never <c>localhost</c>, an
    /// IP address, or a host that resolves elsewhere such as <c>api.example.com</c>; nothing when discovery is switched
    /// off.
    /// </summary>
    /// <param name="host">The host as it stands in a URI.</param>
    /// <returns>Whether to ask <see cref="Get"/> before DNS.</returns>
    public bool IsCandidate(string host)
    {
        ArgumentNullException.ThrowIfNull(host);
        if (!_enabled || host.Length == 0 || IsLocal(host) || IPAddress.TryParse(host, out _))
        {
            return false;
        }

        var (endpoint, service) = EndpointQuery.SplitHost(host);
        return endpoint is not null
            ? !IsLocal(service)
            : !host.Contains('.', StringComparison.Ordinal) || _catalog.Names(host);
    }

    /// <summary>Ends all watches.</summary>
    public void Dispose() => _ = StopAsync();

    /// <summary>Ends all watches and waits for them.</summary>
    /// <returns>A task that completes when no watch runs.</returns>
    public async ValueTask DisposeAsync() => await StopAsync().ConfigureAwait(false);

    internal void Open(ServiceEndpoints endpoints)
    {
        if (_stopping.IsCancellationRequested)
        {
            return;
        }

        if (!_enabled)
        {
            endpoints.Publish(Verdict.NotFound);
            return;
        }

        using var flow = ExecutionContext.IsFlowSuppressed() ? default : ExecutionContext.SuppressFlow();
        endpoints.Watch.Open(_stopping.Token);
        endpoints.StartFirstAnswerTimer(_time, _options.Value.FirstAnswerTimeout);
        StartSweep();
    }

    private static bool IsLocal(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase);

    private ServiceEndpoints Create(string service) => new(
        service,
        this,
        endpoints => new ServiceWatch(service, _catalog, _time, _options, _screen, endpoints.Publish),
        new Roster(service, _time, _options, _metrics, _builder, _loggers.CreateLogger("CloudNative.Discovery.Ejection")),
        _loggers.CreateLogger<ServiceEndpoints>());

    private void StartSweep()
    {
        lock (_sweepLock)
        {
            var period = _options.Value.IdleTimeout / 2;
            _sweep ??= _time.CreateTimer(static table => ((EndpointTable)table!).Sweep(), this, period, period);
        }
    }

    // A service counts as idle when two rounds, half the timeout apart, have found it unused.
    private void Sweep()
    {
        foreach (var endpoints in _services.Values)
        {
            if (endpoints.Age() == 2)
            {
                _ = endpoints.Watch.CloseAsync();
                endpoints.Rest();
            }
        }
    }

    // Whoever asks second waits for the same end.
    private Task StopAsync()
    {
        lock (_stopLock)
        {
            return _stopped ??= EndWatchesAsync();
        }
    }

    private async Task EndWatchesAsync()
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        if (_sweep is { } sweep)
        {
            await sweep.DisposeAsync().ConfigureAwait(false);
        }

        await Task.WhenAll(_services.Values.Select(endpoints => endpoints.Watch.CloseAsync())).ConfigureAwait(false);
        _catalog.Dispose();
        _stopping.Dispose();
    }
}
