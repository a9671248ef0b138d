using CloudNative.Configuration;
using OpenTelemetry.Exporter;

namespace CloudNative.Telemetry.Export;

/// <summary>Where one signal goes.</summary>
/// <param name="Endpoint">
/// The address with the signal's path where the protocol needs it; null when nothing is configured or it is wrong.
/// </param>
/// <param name="Protocol">The wire protocol.</param>
/// <param name="Headers">Headers as the exporter takes them.</param>
/// <param name="Timeout">Longest time of one export.</param>
/// <param name="Problems">What is wrong with the configuration of it.</param>
/// <param name="Doubt">A sentence about a pair of port and protocol that rarely works, or null.</param>
internal sealed record OtlpTarget(
    Uri? Endpoint,
    OtlpExportProtocol Protocol,
    string? Headers,
    TimeSpan Timeout,
    IReadOnlyList<ConfigurationProblem> Problems,
    string? Doubt);
