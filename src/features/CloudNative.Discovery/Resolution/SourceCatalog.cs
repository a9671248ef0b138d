using CloudNative.Discovery.Interop;
using CloudNative.Discovery.Sources;
using CloudNative.Providers;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.ServiceDiscovery;

namespace CloudNative.Discovery.Resolution;

/// <summary>
/// The sources of this process. They are made when the first service is asked for: no connection, file or thread exists
/// before that.
/// </summary>
internal sealed class SourceCatalog : IDisposable
{
    private readonly IServiceProvider _services;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly Lazy<IReadOnlyList<GatedSource>> _sources;
    private readonly IQualifiedServiceNames[] _qualified;

    public SourceCatalog(IServiceProvider services, TimeProvider time, ILogger logger)
    {
        _services = services;
        _time = time;
        _logger = logger;
        Configured = new ConfigurationSource(services.GetRequiredService<IConfiguration>(), time);
        _sources = new Lazy<IReadOnlyList<GatedSource>>(Create);
        _qualified = [.. services.GetServices<IQualifiedServiceNames>()];
    }

    /// <summary>The <c>Services</c> section, which wins where it names a service.</summary>
    public ConfigurationSource Configured { get; }

    /// <summary>
    /// The chosen provider, sources that the application added, and those of Microsoft.Extensions.ServiceDiscovery;
    /// none where the platform balances.
    /// </summary>
    public IReadOnlyList<GatedSource> Sources => _sources.Value;

    /// <summary>The gates of the sources in use; none before the first service is asked for.</summary>
    public IEnumerable<SourceGate> Gates =>
        _sources.IsValueCreated ? _sources.Value.Select(source => source.Gate).Distinct() : [];

    /// <summary>Whether a host with dots names a service all the same.</summary>
    public bool Names(string host) => Configured.Names(host) || Array.Exists(_qualified, names => names.Names(host));

    public void Dispose()
    {
        foreach (var gate in Gates)
        {
            gate.Dispose();
        }
    }

    private List<GatedSource> Create()
    {
        var gates = new Dictionary<string, SourceGate>(StringComparer.Ordinal);
        var sources = new List<GatedSource>();
        foreach (var source in Resolve())
        {
            if (!gates.TryGetValue(source.Name, out var gate))
            {
                gates.Add(source.Name, gate = new SourceGate(source.Name, _time, _logger));
            }

            sources.Add(new GatedSource(source, gate));
        }

        return sources;
    }

    private IEnumerable<IEndpointSource> Resolve()
    {
        if (_services.GetRequiredService<IOptions<DiscoveryOptions>>().Value.Balancing == DiscoveryBalancing.Platform)
        {
            yield break;
        }

        var choice = _services.GetService<IProviderSelector>()?.Choose(CloudNativeFeatures.Discovery);
        if (choice?.Provider is { } provider && _services.GetKeyedService<IEndpointSource>(provider) is { } chosen)
        {
            yield return chosen;
        }

        foreach (var source in _services.GetServices<IEndpointSource>())
        {
            yield return source;
        }

        foreach (var factory in _services.GetServices<IServiceEndpointProviderFactory>().Where(ForeignSource.IsForeign))
        {
            yield return new ForeignSource(factory, _time);
        }
    }
}
