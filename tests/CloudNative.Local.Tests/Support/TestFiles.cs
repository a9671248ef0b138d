namespace CloudNative.Local.Tests.Support;

/// <summary>A folder for one test with an app's file in it.</summary>
internal sealed class TestFiles : IDisposable
{
    public TestFiles()
    {
        Root = Directory.CreateTempSubdirectory("cn-local-").FullName;
    }

    /// <summary>The project of the service that tests start.</summary>
    public static string ServiceProject { get; } = Path.Combine(Repository(), "tests", "CloudNative.Local.TestService");

    public static string ServiceDll => Built("CloudNative.Local.TestService");

    public static string RunnerDll => Built("CloudNative.Local.TestRunner");

    public string Root { get; }

    public string Data => Path.Combine(Root, "data");

    public string AppFile => Path.Combine(Root, "cloudnative.yaml");

    public string WriteApp(string services)
    {
        File.WriteAllText(AppFile, $"app: trial\nservices:\n{services.Replace("PROJECT", ServiceProject, StringComparison.Ordinal)}\n");
        return AppFile;
    }

    public string Write(string path, string text)
    {
        var full = Path.Combine(Root, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllText(full, text);
        return full;
    }

    public void Dispose() => Directory.Delete(Root, recursive: true);

    // artifacts/bin/<project>/<configuration>/<project>.dll, beside this assembly's own folder.
    private static string Built(string project)
    {
        var own = new DirectoryInfo(AppContext.BaseDirectory);
        return Path.Combine(own.Parent!.Parent!.FullName, project, own.Name, $"{project}.dll");
    }

    private static string Repository()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(directory!.FullName, "CloudNative.Sdk.sln")))
        {
            directory = directory.Parent;
        }

        return directory.FullName;
    }
}
