using CloudNative.Lifecycle;
using CloudNative.Telemetry.Settings;
using OpenTelemetry.Exporter;

namespace CloudNative.Telemetry.Export;

/// <summary>The line of the start summary: which signals go where.</summary>
internal sealed class TelemetrySummary(TelemetrySettings settings, ExportPlan plan) : IStartSummaryContributor
{
    private const int Order = 50;

    public StartSummaryLine? Describe()
    {
        if (!settings.Options.Enabled)
        {
            return new StartSummaryLine("telemetry", $"off ({TelemetryOptions.SectionName}:Enabled)", Order);
        }

        var parts = plan.Entries.GroupBy(Destination, (destination, entries) =>
#pragma warning disable CA1308 // Lower case for the eye; nothing is compared.
            $"{string.Join(", ", entries.Select(entry => entry.Signal.ToString().ToLowerInvariant()))} {destination}");
#pragma warning restore CA1308
        var text = string.Join("; ", parts);
        return new StartSummaryLine(
            "telemetry", text.Length > 0 ? text : "collected, not exported: OTEL_EXPORTER_OTLP_ENDPOINT is not set", Order);
    }

    private static string Destination(ExportPlanEntry entry) => entry.Owner is null
        ? $"to {entry.Target.Endpoint!.GetLeftPart(UriPartial.Authority)} ({Protocol(entry.Target.Protocol)})"
        : $"exported by the service itself ({entry.Owner})";

    private static string Protocol(OtlpExportProtocol protocol) =>
        protocol == OtlpExportProtocol.HttpProtobuf ? "http/protobuf" : "grpc";
}
