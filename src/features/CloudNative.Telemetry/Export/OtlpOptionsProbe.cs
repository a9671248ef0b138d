using Microsoft.Extensions.Options;
using OpenTelemetry.Exporter;

namespace CloudNative.Telemetry.Export;

/// <summary>Tells the watch that options of an OTLP exporter were made; changes nothing.</summary>
internal sealed class OtlpOptionsProbe(ExporterWatch watch) : IPostConfigureOptions<OtlpExporterOptions>
{
    public void PostConfigure(string? name, OtlpExporterOptions options) => watch.Note();
}
