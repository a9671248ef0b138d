namespace CloudNative.Telemetry.Settings;

/// <summary>The ids of what this package complains about; each has a page in <c>docs/errors</c>.</summary>
internal static class TelemetryErrors
{
    public const string Endpoint = "CN6001";
    public const string Protocol = "CN6002";
    public const string Headers = "CN6003";
    public const string Timeout = "CN6004";
}
