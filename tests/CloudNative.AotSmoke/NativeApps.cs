using CloudNative.Consumers;
using CloudNative.Testing;

namespace CloudNative.AotSmoke;

/// <summary>
/// Publishes apps ahead of time, one after the other and in one place outside the checkout, so that the packages they share are compiled
/// once.
/// </summary>
[CollectionDefinition(nameof(NativeApps))]
public sealed class NativeApps : ICollectionFixture<NativeApps>, IDisposable
{
    private readonly TemporaryDirectory _artifacts = new("cn-aot-");

    /// <summary>Publishes a project into a folder; fails the test when the compiler warns of anything.</summary>
    /// <returns>The path of the program.</returns>
    public async Task<string> PublishAsync(string project, string folder)
    {
        NativeToolchain.Require();
        var output = await Dotnet.RunAsync(
            Checkout.Root,
            "publish", project, "-c", "Release", "-nologo", "-o", folder,
            "-p:PublishAot=true", "-p:TrimmerSingleWarn=false", "-p:TreatWarningsAsErrors=false",
            "-p:MSBuildTreatWarningsAsErrors=false", $"-p:ArtifactsPath={_artifacts.Path}");
        PublishLog.AssertNoWarnings(output);
        var name = Path.GetFileNameWithoutExtension(project);
        return Path.Combine(folder, OperatingSystem.IsWindows() ? $"{name}.exe" : name);
    }

    public void Dispose() => _artifacts.Dispose();
}
