using CloudNative.Gateway.Telemetry;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;
using Yarp.ReverseProxy.Configuration;

namespace CloudNative.Gateway.Routes;

/// <summary>
/// Gives YARP the routes of <see cref="GatewayOptions"/>. A change of configuration is built and checked before anybody sees it; what is
/// not valid is logged, and the last good routes stay.
/// </summary>
internal sealed partial class ServiceRouteProvider : IProxyConfigProvider, IDisposable
{
    private readonly IOptionsFactory<GatewayOptions> _options;
    private readonly GatewayMetrics _metrics;
    private readonly ILogger<ServiceRouteProvider> _logger;
    private readonly Lock _reloading = new();
    private readonly IDisposable _subscription;
    private readonly bool _enabled;
    private RouteTable _current;

    public ServiceRouteProvider(
        IConfiguration configuration,
        IOptionsFactory<GatewayOptions> options,
        GatewayMetrics metrics,
        ILogger<ServiceRouteProvider> logger)
    {
        _options = options;
        _metrics = metrics;
        _logger = logger;
        _current = CreateFirst(out _enabled);
        _subscription = ChangeToken.OnChange(configuration.GetReloadToken, Reload);
    }

    /// <summary>The routes in force; for the start summary.</summary>
    public RouteTable Current => Volatile.Read(ref _current);

    /// <summary>Whether anything is forwarded at all.</summary>
    public bool IsEnabled => _enabled;

    public IProxyConfig GetConfig() => Current;

    public void Dispose() => _subscription.Dispose();

    // Routes are mapped before the host starts. What is wrong with them is said at the start, together with everything else that is wrong.
    private RouteTable CreateFirst(out bool enabled)
    {
        enabled = true;
        try
        {
            var options = _options.Create(Options.DefaultName);
            enabled = options.Enabled;
            return enabled ? ServiceRoutes.Build(options) : new RouteTable([], []);
        }
        catch (Exception exception) when (exception is OptionsValidationException or InvalidOperationException)
        {
            return new RouteTable([], []);
        }
    }

    private void Reload()
    {
        if (!_enabled)
        {
            return;
        }

        lock (_reloading)
        {
            try
            {
                Apply(ServiceRoutes.Build(_options.Create(Options.DefaultName)));
            }
            catch (Exception exception)
            {
                _metrics.CountReload("refused");
                LogReloadRefused(exception.Message);
            }
        }
    }

    private void Apply(RouteTable next)
    {
        var previous = _current;
        if (next.Routes.SequenceEqual(previous.Routes) && next.Clusters.SequenceEqual(previous.Clusters))
        {
            return;
        }

        Volatile.Write(ref _current, next);
        previous.SignalReplaced();
        _metrics.CountReload("applied");
        LogReloaded(next.Routes.Count);
    }
}
