using CloudNative.AppModel;
using CloudNative.Local.Hook;
using CloudNative.Local.Ports;

namespace CloudNative.Local.Processes;

/// <summary>The variables by which a service learns its name, its addresses and where the app's data lies.</summary>
internal static class ChildEnvironment
{
    /// <summary>A directory of the service's own for files that it keeps over runs; its replicas share it.</summary>
    public const string DataDirectoryVariable = "CLOUDNATIVE_DATA_DIRECTORY";

    /// <summary>The socket by which the run is watched and controlled.</summary>
    public const string ControlVariable = "CLOUDNATIVE_CONTROL_SOCKET";

    /// <summary>Registered with the instance, so that people can tell replicas apart: <c>catalog-1</c>.</summary>
    private const string ReplicaVariable = "CloudNative__Service__Metadata__replica";

    /// <summary>Who serves it what it can.</summary>
    private const string ProvidersVariable = "CloudNative__Providers";

    /// <summary>What a service gets in this run; the app's file has the last word.</summary>
    public static Dictionary<string, string> For(
        ServiceDefinition service,
        IReadOnlyList<ReplicaPort> ports,
        string dataDirectory,
        IList<string> providers,
        string? replica = null)
    {
        var environment = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["DOTNET_ENVIRONMENT"] = "Development",
            ["ASPNETCORE_ENVIRONMENT"] = "Development",
            ["OTEL_SERVICE_NAME"] = service.Name,
            ["CloudNative__Service__Name"] = service.Name,
            ["CloudNative__Embedded__DataDirectory"] = dataDirectory,
            [DataDirectoryVariable] = Path.Combine(dataDirectory, service.Name),
        };
        if (replica is not null)
        {
            environment[ReplicaVariable] = replica;
        }

        if (providers.Count > 0)
        {
            environment[ProvidersVariable] = string.Join(',', providers);
        }

        foreach (var (name, value) in ReplicaPorts.Variables(ports).Concat(service.Environment))
        {
            environment[name] = value;
        }

        return environment;
    }

    /// <summary>Adds the engine's hook before those that are there.</summary>
    public static void AddHook(IDictionary<string, string?> environment, string hook, string processName)
    {
        environment.TryGetValue(ChildHook.HooksVariable, out var others);
        environment[ChildHook.OtherHooksVariable] = others;
        environment[ChildHook.HooksVariable] = string.IsNullOrEmpty(others) ? hook : hook + Path.PathSeparator + others;
        environment[ChildHook.NameVariable] = processName;
    }
}
