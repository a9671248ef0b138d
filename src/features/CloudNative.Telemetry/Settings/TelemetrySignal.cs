namespace CloudNative.Telemetry.Settings;

/// <summary>The three signals of OpenTelemetry.</summary>
internal enum TelemetrySignal
{
    /// <summary>No provider is being built.</summary>
    None,

    /// <summary>Spans.</summary>
    Traces,

    /// <summary>Measurements.</summary>
    Metrics,

    /// <summary>Log records.</summary>
    Logs,
}
