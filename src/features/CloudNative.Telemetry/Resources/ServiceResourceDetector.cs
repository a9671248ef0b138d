using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using OpenTelemetry.Resources;

namespace CloudNative.Telemetry.Resources;

/// <summary>
/// Describes this process from <see cref="ServiceInfo"/>. It runs before what the service configures, which therefore wins; what
/// <c>OTEL_RESOURCE_ATTRIBUTES</c> and <c>OTEL_SERVICE_NAME</c> say was read even earlier, so those names are left out here.
/// </summary>
internal sealed class ServiceResourceDetector(
    IConfiguration configuration, ServiceInfo? service = null, IHostEnvironment? environment = null) : IResourceDetector
{
    public Resource Detect()
    {
        var taken = NamesFromVariables();
        var attributes = new Dictionary<string, object>();
        Add(TelemetryNames.ServiceName, service?.Name);
        Add(TelemetryNames.ServiceVersion, service?.Version);
        Add(TelemetryNames.ServiceInstanceId, service?.InstanceId);
        Add(TelemetryNames.AvailabilityZone, service?.Zone);
        Add(TelemetryNames.DeploymentEnvironmentName, Lower(environment?.EnvironmentName));
        return new Resource(attributes);

        void Add(string name, string? value)
        {
            if (!string.IsNullOrEmpty(value) && !taken.Contains(name))
            {
                attributes[name] = value;
            }
        }
    }

    private HashSet<string> NamesFromVariables()
    {
        // key=value,key=value; a value cannot hold a bare comma (it is percent-encoded).
        var names = (configuration["OTEL_RESOURCE_ATTRIBUTES"] ?? "")
            .Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(pair => pair.Split('=')[0].Trim())
            .ToHashSet(StringComparer.Ordinal);
        if (!string.IsNullOrEmpty(configuration["OTEL_SERVICE_NAME"]))
        {
            names.Add(TelemetryNames.ServiceName);
        }

        return names;
    }

    /// <summary>The conventions' well-known values are lower case: production, staging, development.</summary>
    private static string? Lower(string? environment) =>
        environment is null
            ? null
            : string.Create(environment.Length, environment, static (span, text) => text.AsSpan().ToLowerInvariant(span));
}
