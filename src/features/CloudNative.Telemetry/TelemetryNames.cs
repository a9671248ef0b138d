namespace CloudNative.Telemetry;

/// <summary>The names by which telemetry is collected and described.</summary>
public static class TelemetryNames
{
    /// <summary>Matches every activity source and meter of this family; a service's own that start so are collected too.</summary>
    public const string Family = "CloudNative.*";

    /// <summary>The runtime's source and meter of outgoing HTTP.</summary>
    public const string HttpClient = "System.Net.Http";

    /// <summary>The runtime's meter of DNS lookups.</summary>
    public const string NameResolution = "System.Net.NameResolution";

    /// <summary>The runtime's meter: garbage collection, threads, memory, exceptions.</summary>
    public const string Runtime = "System.Runtime";

    /// <summary>Resource attribute: the service's logical name.</summary>
    public const string ServiceName = "service.name";

    /// <summary>Resource attribute: the service's version.</summary>
    public const string ServiceVersion = "service.version";

    /// <summary>Resource attribute: this process, unique among all that ever run.</summary>
    public const string ServiceInstanceId = "service.instance.id";

    /// <summary>Resource attribute: the host's environment in lower case, <c>production</c>.</summary>
    public const string DeploymentEnvironmentName = "deployment.environment.name";

    /// <summary>Resource attribute: the failure zone (<c>CloudNative:Service:Zone</c>).</summary>
    public const string AvailabilityZone = "cloud.availability_zone";
}
