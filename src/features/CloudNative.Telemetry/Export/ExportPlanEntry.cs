using CloudNative.Telemetry.Settings;

namespace CloudNative.Telemetry.Export;

/// <summary>What was decided for one signal.</summary>
/// <param name="Signal">The signal.</param>
/// <param name="Target">Where it goes.</param>
/// <param name="Owner">Who exports it instead of us, or null.</param>
internal sealed record ExportPlanEntry(TelemetrySignal Signal, OtlpTarget Target, string? Owner);
