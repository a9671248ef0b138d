using System.Text.Json;
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
        await AssertDescribesItsEventsAsync(program, folder.Combine("events.json"));
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

    private static async Task AssertDescribesItsEventsAsync(string program, string file)
    {
        await using var worker = ChildProcess.Start(new ChildProcessOptions
        {
            FileName = program,
            Environment = new Dictionary<string, string?> { ["CloudNative__Eventing__AsyncApi__File"] = file },
        });
        Assert.Equal(0, await worker.WaitForExitAsync(TestContext.Current.CancellationToken));
        using var document = JsonDocument.Parse(await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken));
        Assert.Equal(["send_orders", "receive_orders_eventworker"], Names(document.RootElement.GetProperty("operations")));
        var schema = document.RootElement.GetProperty("components").GetProperty("schemas").GetProperty("orders.placed.v1");
        Assert.Equal(["number", "total"], Names(schema.GetProperty("properties")));
    }

    private static IEnumerable<string> Names(JsonElement map) => map.EnumerateObject().Select(member => member.Name);
}
