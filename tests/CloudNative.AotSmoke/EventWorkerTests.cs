using CloudNative.Consumers;
using CloudNative.Testing;

namespace CloudNative.AotSmoke;

public sealed class EventWorkerTests
{
    [Fact]
    public async Task EventWorker_CompiledAheadOfTime_HasNoWarningAndHandlesItsEvent()
    {
        NativeToolchain.Require();
        using var folder = new TemporaryDirectory("cn-aot-");
        var output = await Dotnet.RunAsync(
            Checkout.Root,
            "publish", "samples/EventWorker/EventWorker.csproj", "-c", "Release", "-nologo", "-o", folder.Combine("app"),
            "-p:PublishAot=true", "-p:TrimmerSingleWarn=false", "-p:TreatWarningsAsErrors=false",
            "-p:MSBuildTreatWarningsAsErrors=false", $"-p:ArtifactsPath={folder.Combine("artifacts")}");
        PublishLog.AssertNoWarnings(output);

        await using var worker = ChildProcess.Start(new ChildProcessOptions
        {
            FileName = folder.Combine("app", OperatingSystem.IsWindows() ? "EventWorker.exe" : "EventWorker"),
            WorkingDirectory = folder.Combine("app"),
            Environment = new Dictionary<string, string?>
            {
                ["DOTNET_ENVIRONMENT"] = "Development",
                ["CloudNative__Embedded__DataDirectory"] = folder.Combine("data"),
            },
        });
        await worker.WaitForLineAsync(
            line => line.StartsWith("receipt for order 1: 42", StringComparison.Ordinal), TestContext.Current.CancellationToken);
        await Signals.TerminateAsync(worker.Id);
        Assert.Equal(0, await worker.WaitForExitAsync(TestContext.Current.CancellationToken));
    }
}
