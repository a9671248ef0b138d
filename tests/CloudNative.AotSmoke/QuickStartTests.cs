using CloudNative.Consumers;
using CloudNative.Testing;

namespace CloudNative.AotSmoke;

public sealed class QuickStartTests
{
    [Fact]
    public async Task QuickStart_CompiledAheadOfTime_HasNoWarningAndAnswers()
    {
        NativeToolchain.Require();
        using var folder = new TemporaryDirectory("cn-aot-");
        var output = await Dotnet.RunAsync(
            Checkout.Root,
            "publish", "samples/QuickStart/QuickStart.csproj", "-c", "Release", "-nologo", "-o", folder.Combine("app"),
            "-p:PublishAot=true", "-p:TrimmerSingleWarn=false", "-p:TreatWarningsAsErrors=false",
            "-p:MSBuildTreatWarningsAsErrors=false", $"-p:ArtifactsPath={folder.Combine("artifacts")}");
        PublishLog.AssertNoWarnings(output);

        var program = folder.Combine("app", OperatingSystem.IsWindows() ? "QuickStart.exe" : "QuickStart");
        var environment = new Dictionary<string, string?> { ["CloudNative__Embedded__DataDirectory"] = folder.Combine("data") };
        await using var service = await RunningService.StartAsync(program, folder.Combine("app"), environment);
        await service.WaitForOkAsync("/health/ready");
    }
}
