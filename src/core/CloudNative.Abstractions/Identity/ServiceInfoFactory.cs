using System.Reflection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

namespace CloudNative.Identity;

/// <summary>Reads who this process is; made once a host, so that a restart has a new instance id.</summary>
internal static class ServiceInfoFactory
{
    internal const string Section = "CloudNative:Service";
    internal const string OpenTelemetryName = "OTEL_SERVICE_NAME";
    private const string Fallback = "service";

    public static ServiceInfo Create(IConfiguration configuration, IHostEnvironment environment)
    {
        var section = configuration.GetSection(Section);
        return new ServiceInfo
        {
            Name = ReadName(configuration, environment),
            InstanceId = Guid.NewGuid().ToString(),
            Version = NonEmpty(section[nameof(ServiceInfo.Version)]) ?? ReadVersion(environment.ApplicationName),
            Zone = NonEmpty(section[nameof(ServiceInfo.Zone)]),
            Metadata = section.GetSection(nameof(ServiceInfo.Metadata)).GetChildren()
                .Where(pair => pair.Value is not null)
                .ToDictionary(pair => pair.Key, pair => pair.Value!, StringComparer.Ordinal),
        };
    }

    private static string ReadName(IConfiguration configuration, IHostEnvironment environment)
    {
        string?[] candidates =
        [
            configuration[$"{Section}:{nameof(ServiceInfo.Name)}"],
            configuration[OpenTelemetryName] ?? Environment.GetEnvironmentVariable(OpenTelemetryName),
            environment.ApplicationName,
            Assembly.GetEntryAssembly()?.GetName().Name,
        ];
        return candidates.Select(candidate => ServiceName.Normalize(candidate ?? string.Empty))
            .FirstOrDefault(name => name.Length > 0) ?? Fallback;
    }

    private static string? ReadVersion(string applicationName)
    {
        // Under a test host the entry assembly is the runner's; the application's own is loaded by then.
        var assembly = AppDomain.CurrentDomain.GetAssemblies()
            .FirstOrDefault(loaded => loaded.GetName().Name == applicationName) ?? Assembly.GetEntryAssembly();
        var version = assembly?.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion;

        // "1.2.3+<commit>": the build metadata is no part of the version (SemVer 2.0.0, section 10).
        return NonEmpty(version?.Split('+')[0]) ?? assembly?.GetName().Version?.ToString();
    }

    private static string? NonEmpty(string? value) => string.IsNullOrWhiteSpace(value) ? null : value.Trim();
}
