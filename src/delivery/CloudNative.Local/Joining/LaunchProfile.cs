using System.Text;
using CloudNative.AppModel;
using CloudNative.Local.Ports;
using CloudNative.Local.Processes;
using CloudNative.Local.Running;

namespace CloudNative.Local.Joining;

/// <summary>
/// The launch profile by which a service that was left out joins the app from an IDE or from <c>dotnet run</c>.
/// </summary>
internal static class LaunchProfile
{
    public static string Name(AppDefinition app) => $"{app.Name} (joined)";

    /// <summary>Writes the profile into the project's launchSettings.json beside those that are there.</summary>
    /// <returns>The file.</returns>
    public static string Write(
        AppDefinition app,
        ServiceDefinition service,
        IReadOnlyList<ReplicaPort> ports,
        string dataDirectory,
        IList<string> providers)
    {
        var file = Path.Combine(Path.GetDirectoryName(service.ProjectFile)!, "Properties", "launchSettings.json");
        try
        {
            var before = File.Exists(file) ? File.ReadAllText(file) : null;
            var environment = ChildEnvironment.For(service, ports, dataDirectory, providers);
            var after = LaunchSettings.Merge(before, Name(app), LaunchSettings.Profile(environment));
            if (after != before)
            {
                Directory.CreateDirectory(Path.GetDirectoryName(file)!);
                var temporary = file + ".new";
                File.WriteAllText(temporary, after, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
                File.Move(temporary, file, overwrite: true);
            }

            return file;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or System.Text.Json.JsonException)
        {
            throw new LocalAppException(LocalAppExitCodes.Failed,
                $"{ErrorIds.LaunchProfile} The launch profile for '{service.Name}' could not be written to {file}: {e.Message}", e);
        }
    }
}
