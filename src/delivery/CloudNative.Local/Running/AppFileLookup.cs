using System.Reflection;
using CloudNative.AppModel;

namespace CloudNative.Local.Running;

/// <summary>Finds the app's file when none is named.</summary>
internal static class AppFileLookup
{
    /// <summary>
    /// The key under which build/CloudNative.Local.targets writes the directory of the project that starts the app.
    /// </summary>
    private const string MetadataKey = "CloudNative.Local.AppDirectory";

    public static string Find(string? named)
    {
        if (named is not null)
        {
            return Directory.Exists(named) ? Path.Combine(named, AppModelFile.DefaultName) : named;
        }

        var current = Path.GetFullPath(AppModelFile.DefaultName);
        var beside = ProjectDirectory() is { } directory ? Path.Combine(directory, AppModelFile.DefaultName) : null;
        return !File.Exists(current) && File.Exists(beside) ? beside : current;
    }

    private static string? ProjectDirectory() =>
        Assembly.GetEntryAssembly()?.GetCustomAttributes<AssemblyMetadataAttribute>()
            .FirstOrDefault(attribute => attribute.Key == MetadataKey)?.Value;
}
