using System.Text.Json;
using CloudNative.Consumers;
using CloudNative.Testing;

namespace CloudNative.PackageTests;

public sealed class WorkerTests(PackageFeed feed)
{
    [Fact]
    public async Task Worker_OnThePlainRuntime_StartsAndStops()
    {
        var consumer = new Consumer(feed, "Worker").Write("Microsoft.NET.Sdk", "CloudNative.Hosting", Programs.Worker);
        await consumer.PublishAsync();

        using var runtime = JsonDocument.Parse(await File.ReadAllTextAsync(
            Path.ChangeExtension(consumer.Program, ".runtimeconfig.json"), TestContext.Current.CancellationToken));
        var framework = runtime.RootElement.GetProperty("runtimeOptions").GetProperty("framework").GetProperty("name").GetString();
        Assert.Equal("Microsoft.NETCore.App", framework);

        await using var worker = ChildProcess.Start(new ChildProcessOptions
        {
            FileName = Dotnet.Program,
            Arguments = ["exec", consumer.Program],
            WorkingDirectory = consumer.Folder,
            Environment = new Dictionary<string, string?>
            {
                ["DOTNET_ENVIRONMENT"] = "Development",
                ["CloudNative__Embedded__DataDirectory"] = Path.Combine(consumer.Folder, "data"),
            },
        });
        await worker.WaitForLineAsync(line => line == "worker started", TestContext.Current.CancellationToken);
        if (OperatingSystem.IsLinux())
        {
            Assert.Contains(
                $"/runtimes/{PackageFeed.Runtime}/lib/net10.0/CloudNative.Abstractions.dll",
                await File.ReadAllTextAsync($"/proc/{worker.Id}/maps", TestContext.Current.CancellationToken),
                StringComparison.Ordinal);
        }

        await Signals.TerminateAsync(worker.Id);
        await worker.WaitForLineAsync(line => line == "worker stopped", TestContext.Current.CancellationToken);
        Assert.Equal(0, await worker.WaitForExitAsync(TestContext.Current.CancellationToken));
    }
}
