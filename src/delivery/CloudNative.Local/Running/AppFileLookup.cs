using System.Reflection;
using CloudNative.AppModel;

namespace CloudNative.Local.Running;

/// <summary>Finds the app's file when none is named.</summary>
internal static class AppFileLookup
{
    /// <summary>
    /// The key under which buildTransitive/CloudNative.Local.targets writes the directory of the project that starts
    /// the app.
    /// </summary>
    private const string MetadataKey = "CloudNative.Local.AppDirectory";

    public static string Find(string? named) => Find(named, Directory.GetCurrentDirectory(), ProjectDirectory());

    /// <summary>In the current folder, else beside the project or in the nearest folder above it.</summary>
    internal static string Find(string? named, string current, string? project)
    {
        if (named is not null)
        {
            return Directory.Exists(named) ? Path.Combine(named, AppModelFile.DefaultName) : named;
        }

        var here = Path.Combine(current, AppModelFile.DefaultName);
        for (var folder = File.Exists(here) ? null : project; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (Path.Combine(folder, AppModelFile.DefaultName) is var found && File.Exists(found))
            {
                return found;
            }
        }

        return here;
    }

    private static string? ProjectDirectory() =>
        Assembly.GetEntryAssembly()?.GetCustomAttributes<AssemblyMetadataAttribute>()
            .FirstOrDefault(attribute => attribute.Key == MetadataKey)?.Value;
}
