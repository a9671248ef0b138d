using CloudNative.AppModel;
using CloudNative.Local.Ports;
using CloudNative.Local.Supervision;

namespace CloudNative.Local.Joining;

/// <summary>
/// Prepares the services that are left out of a run, so that each can join it from elsewhere, and says how.
/// </summary>
internal static class LeftOut
{
    /// <returns>Where each of them will listen, by name; null for a worker.</returns>
    public static IReadOnlyDictionary<string, Uri?> Prepare(AppDefinition app, SupervisionContext context)
    {
        var addresses = new Dictionary<string, Uri?>(StringComparer.Ordinal);
        foreach (var service in app.Services.Where(service => context.Options.Without.Contains(service.Name)))
        {
            var ports = TakePorts(service, context);
            var file = LaunchProfile.Write(app, service, ports, context.Directory.Data, context.Options.Providers);
            addresses[service.Name] = ReplicaPorts.Main(ports);
            context.Console.Write($"{app.Name}: {service.Name} is left out; start it from an IDE, or with");
            var project = Path.GetDirectoryName(service.ProjectFile);
            context.Console.Write($"  dotnet run --project {project} --launch-profile \"{LaunchProfile.Name(app)}\"");
            context.Console.Write($"  (profile written to {file})");
        }

        return addresses;
    }

    // It was not built, so nobody knows whether it is a web application; a worker ignores the address. A fixed port
    // that is in use may be that of the process which is to be replaced, so another one is found rather than an error
    // raised.
    private static IReadOnlyList<ReplicaPort> TakePorts(ServiceDefinition service, SupervisionContext context)
    {
        var wanted = PortTaking.Wanted(service, isWeb: true).Select(port => port with { Fallback = true });
        return PortTaking.Take(new ReplicaName(service.Name, 1, IsOnly: true, 0), [.. wanted], context);
    }
}
