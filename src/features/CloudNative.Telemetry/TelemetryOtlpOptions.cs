namespace CloudNative.Telemetry;

/// <summary>
/// Where telemetry goes. The standard variables (<c>OTEL_EXPORTER_OTLP_ENDPOINT</c>, <c>…_PROTOCOL</c>, <c>…_HEADERS</c>,
/// <c>…_TIMEOUT</c>, and the same per signal, <c>OTEL_EXPORTER_OTLP_TRACES_ENDPOINT</c>) win over these keys, so that whoever
/// runs the service decides. Read once at start.
/// </summary>
public sealed class TelemetryOtlpOptions
{
    /// <summary>
    /// The collector's address without a signal's path: <c>http://collector:4317</c>. Default none, which exports nothing.
    /// http or https.
    /// </summary>
    public string? Endpoint { get; set; }

    /// <summary>
    /// <c>grpc</c> or <c>http/protobuf</c>. Default <c>grpc</c>, but <c>http/protobuf</c> when the endpoint's port is 4318, the port
    /// which the specification gives to it.
    /// </summary>
    public string? Protocol { get; set; }

    /// <summary>
    /// Headers of each export, <c>name=value,name=value</c>, values percent-encoded. Default none. May hold a secret;
    /// never logged.
    /// </summary>
    public string? Headers { get; set; }

    /// <summary>Longest time one export may take. Default 10 s; 1 ms to 10 min.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(10);
}
