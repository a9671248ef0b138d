using CloudNative.AppModel;
using CloudNative.Local.Supervision;

namespace CloudNative.Local.Joining;

/// <summary>Prepares the services that are left out of a run, so that each can join it from elsewhere, and says how.</summary>
internal static class LeftOut
{
    /// <returns>Where each of them will listen, by name; null for a worker.</returns>
    public static IReadOnlyDictionary<string, Uri?> Prepare(AppDefinition app, SupervisionContext context)
    {
        var addresses = new Dictionary<string, Uri?>(StringComparer.Ordinal);
        foreach (var service in app.Services.Where(service => context.Options.Without.Contains(service.Name)))
        {
            var address = ReplicaStatus.AddressOf(TakePort(service, context));
            var file = LaunchProfile.Write(app, service, address, context.Directory.Data);
            addresses[service.Name] = address;
            context.Console.Write($"{app.Name}: {service.Name} is left out; start it from an IDE, or with");
            var project = Path.GetDirectoryName(service.ProjectFile);
            context.Console.Write($"  dotnet run --project {project} --launch-profile \"{LaunchProfile.Name(app)}\"");
            context.Console.Write($"  (profile written to {file})");
        }

        return addresses;
    }

    // It was not built, so nobody knows whether it is a web application; a worker ignores the address.
    private static int? TakePort(ServiceDefinition service, SupervisionContext context)
    {
        if (service.Ports is { Count: 0 })
        {
            return null;
        }

        return service.Ports is [{ Number: { } wish }, ..] && context.Ports.TryTake(wish)
            ? wish
            : context.Ports.Take($"{service.Name}-1");
    }
}
