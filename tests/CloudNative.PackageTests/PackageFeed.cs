using System.Runtime.InteropServices;
using CloudNative.Consumers;
using CloudNative.PackageTests;
using CloudNative.PackageTests.Templates;
using CloudNative.Testing;

[assembly: AssemblyFixture(typeof(PackageFeed))]

namespace CloudNative.PackageTests;

/// <summary>All packages, packed once into a folder outside the repository under a version that no cache has seen.</summary>
public sealed class PackageFeed : IAsyncLifetime
{
    private readonly TemporaryDirectory _directory = new("cn-packages-");
    private readonly Lazy<Task<CreatedProjects>> _created;

    public PackageFeed() => _created = new Lazy<Task<CreatedProjects>>(() => CreatedProjects.CreateAsync(this));

    /// <summary>The name under which packages hold native code for this machine.</summary>
    public static string Runtime { get; } =
        (OperatingSystem.IsWindows() ? "win" : OperatingSystem.IsMacOS() ? "osx" : "linux")
        + "-" + RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant();

    public string Version { get; } = $"0.1.0-test.{Guid.NewGuid():n}";

    public string Folder => _directory.Combine("feed");

    public async ValueTask InitializeAsync()
    {
        Directory.CreateDirectory(Folder);
        // Outputs of its own: a test must not change what the developer built.
        await Dotnet.RunAsync(
            Checkout.Root,
            "pack", "CloudNative.Sdk.sln", "-c", "Release", "-v", "q", "-nologo", "-o", Folder,
            // The analyzers have had their say in the build that this test belongs to.
            // Native code for this machine is enough to see that it is used.
            "-p:RunAnalyzers=false", "-p:ReadyToRunImages=true", $"-p:ReadyToRunRuntimes={Runtime}",
            $"-p:Version={Version}", $"-p:ArtifactsPath={_directory.Combine("artifacts")}");
    }

    /// <summary>A folder whose projects install from this feed and keep what they install to themselves.</summary>
    public string CreateFolder(string name)
    {
        var folder = _directory.Combine("consumers", name);
        Directory.CreateDirectory(folder);
        var machine = Environment.GetEnvironmentVariable("NUGET_PACKAGES")
            ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        // What the machine has already is read from its cache, not downloaded again; ours cannot be there.
        File.WriteAllText(Path.Combine(folder, "nuget.config"), $"""
            <configuration>
              <config>
                <add key="globalPackagesFolder" value="{_directory.Combine("packages")}" />
              </config>
              <packageSources>
                <add key="cloudnative-test" value="{Folder}" />
              </packageSources>
              <fallbackPackageFolders>
                <add key="machine" value="{machine}" />
              </fallbackPackageFolders>
            </configuration>
            """);
        return folder;
    }

    /// <summary>What the templates make, once for all tests.</summary>
    internal Task<CreatedProjects> CreatedAsync() => _created.Value;

    public ValueTask DisposeAsync()
    {
        _directory.Dispose();
        return ValueTask.CompletedTask;
    }
}
