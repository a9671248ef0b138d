namespace CloudNative.Telemetry;

/// <summary>One signal: traces, metrics or logs. Read once at start.</summary>
public sealed class TelemetrySignalOptions
{
    /// <summary>Whether this package collects the signal. Default <see langword="true"/>.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>
    /// Whether this package exports the signal when an endpoint is configured. Default <see langword="true"/>. It never does when it
    /// sees that the service exports the signal over OTLP itself; set <see langword="false"/> where the service does so in a way
    /// that cannot be seen (an exporter made with <c>new</c>, a provider of its own).
    /// </summary>
    public bool Export { get; set; } = true;
}
