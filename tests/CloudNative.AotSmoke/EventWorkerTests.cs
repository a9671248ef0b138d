using CloudNative.Consumers;
using CloudNative.Testing;

namespace CloudNative.AotSmoke;

[Collection(nameof(NativeApps))]
public sealed class EventWorkerTests(NativeApps apps)
{
    [Fact]
    public async Task EventWorker_CompiledAheadOfTime_HasNoWarningAndHandlesItsEvent()
    {
        using var folder = new TemporaryDirectory("cn-aot-");
        var program = await apps.PublishAsync("samples/EventWorker/EventWorker.csproj", folder.Combine("app"));
        await using var worker = ChildProcess.Start(new ChildProcessOptions
        {
            FileName = program,
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
