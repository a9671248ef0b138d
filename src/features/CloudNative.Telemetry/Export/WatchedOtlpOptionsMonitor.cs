using Microsoft.Extensions.Options;
using OpenTelemetry.Exporter;

namespace CloudNative.Telemetry.Export;

/// <summary>
/// The plain options monitor, which also tells the watch. Exporters with a name take their options from here, made once for all
/// signals; those without take them from the factory, where <see cref="OtlpOptionsProbe"/> sees them.
/// </summary>
internal sealed class WatchedOtlpOptionsMonitor(
    IOptionsFactory<OtlpExporterOptions> factory,
    IEnumerable<IOptionsChangeTokenSource<OtlpExporterOptions>> sources,
    IOptionsMonitorCache<OtlpExporterOptions> cache,
    ExporterWatch watch) : IOptionsMonitor<OtlpExporterOptions>, IDisposable
{
    private readonly OptionsMonitor<OtlpExporterOptions> _monitor = new(factory, sources, cache);

    public OtlpExporterOptions CurrentValue => Get(Options.DefaultName);

    public OtlpExporterOptions Get(string? name)
    {
        watch.Note();
        return _monitor.Get(name);
    }

    public IDisposable? OnChange(Action<OtlpExporterOptions, string?> listener) => _monitor.OnChange(listener);

    public void Dispose() => _monitor.Dispose();
}
