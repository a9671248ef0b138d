using CloudNative.AppModel;
using CloudNative.Local.Output;

namespace CloudNative.Local.Running;

/// <summary>What stands below the table: where to go, where the logs are, how to end.</summary>
internal static class Summary
{
    public static void Write(AppConsole console, AppDefinition app, IReadOnlyList<LocalService> services, RunDirectory directory)
    {
        // What nobody needs is where a person enters.
        var needed = app.Services.SelectMany(service => service.Needs).ToHashSet(StringComparer.Ordinal);
        var entries = services.Where(service => !needed.Contains(service.Name)).ToList();
        foreach (var address in entries.Select(service => service.Replicas[0].Address).OfType<Uri>())
        {
            console.Write($"Open {address}");
        }

        console.Write($"Logs {directory.Logs}");
        console.Write("Ctrl-C stops everything.");
    }
}
