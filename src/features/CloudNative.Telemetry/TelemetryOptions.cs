namespace CloudNative.Telemetry;

/// <summary>What this service tells about itself and where to. Section <c>CloudNative:Telemetry</c>; read once at start.</summary>
public sealed class TelemetryOptions
{
    /// <summary>The configuration section.</summary>
    public const string SectionName = "CloudNative:Telemetry";

    /// <summary>
    /// Whether this package adds anything at all. Default <see langword="true"/>. What the service set up itself is
    /// untouched either way.
    /// </summary>
    public bool Enabled { get; set; } = true;

    /// <summary>Spans of requests, calls and of this family's packages.</summary>
    public TelemetrySignalOptions Traces { get; set; } = new();

    /// <summary>Measurements of requests, calls, the runtime and of this family's packages.</summary>
    public TelemetrySignalOptions Metrics { get; set; } = new();

    /// <summary>What goes through <c>ILogger</c>.</summary>
    public TelemetrySignalOptions Logs { get; set; } = new();

    /// <summary>Where to export to, by the OpenTelemetry protocol (OTLP). Nothing is exported unless an endpoint is configured.</summary>
    public TelemetryOtlpOptions Otlp { get; set; } = new();
}
