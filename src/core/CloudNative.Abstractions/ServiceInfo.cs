namespace CloudNative;

/// <summary>
/// Who this process is. Bound from <c>CloudNative:Service</c>; one value for registration, telemetry and logs.
/// The attribute names follow OpenTelemetry's <c>service.*</c> resource conventions.
/// </summary>
public sealed record ServiceInfo
{
    /// <summary>
    /// The logical name that callers use: <c>CloudNative:Service:Name</c>, else <c>OTEL_SERVICE_NAME</c>, else the
    /// assembly's name, lower case, with characters that a host name cannot hold replaced by <c>-</c>.
    /// </summary>
    public required string Name { get; init; }

    /// <summary>Unique among all processes that ever run; a new one for each start.</summary>
    public required string InstanceId { get; init; }

    /// <summary>The version of the service, from <c>CloudNative:Service:Version</c>, else the entry assembly.</summary>
    public string? Version { get; init; }

    /// <summary>The failure zone this process runs in (<c>CloudNative:Service:Zone</c>).</summary>
    public string? Zone { get; init; }

    /// <summary>Free pairs that are registered with the instance (<c>CloudNative:Service:Metadata</c>).</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; init; } = new Dictionary<string, string>();
}
