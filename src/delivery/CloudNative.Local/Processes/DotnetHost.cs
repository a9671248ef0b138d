using System.Runtime.InteropServices;

namespace CloudNative.Local.Processes;

/// <summary>Finds the <c>dotnet</c> that runs this process, so that children and the build use the same one.</summary>
internal static class DotnetHost
{
    private static readonly string FileName = OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet";

    public static string Path { get; } = Find();

    private static string Find()
    {
        // DOTNET_HOST_PATH is set by the SDK for what it starts; the runtime's own place serves an engine started by
        // its apphost.
        var root = new DirectoryInfo(RuntimeEnvironment.GetRuntimeDirectory()).Parent?.Parent?.Parent?.FullName;
        string?[] candidates =
        [
            Environment.GetEnvironmentVariable("DOTNET_HOST_PATH"),
            System.IO.Path.GetFileName(Environment.ProcessPath) == FileName ? Environment.ProcessPath : null,
            root is null ? null : System.IO.Path.Combine(root, FileName),
        ];
        return candidates.FirstOrDefault(File.Exists) ?? FileName;
    }
}
