using CloudNative.Consumers;
using CloudNative.Testing;

namespace CloudNative.PackageTests;

/// <summary>Whoever installs the one package gets the generator of handlers and its analyzers with it.</summary>
public sealed class EventTests(PackageFeed feed)
{
    [Fact]
    public async Task WebApp_WithAHandler_IsCalledByGeneratedCode()
    {
        var consumer = new Consumer(feed, "Events").Write("Microsoft.NET.Sdk.Web", "CloudNative.Sdk", Programs.EventsInAWebApp);
        PublishLog.AssertNoWarnings(await consumer.PublishAsync());
        await AssertPrintsAsync(consumer, consumer.Program, "order 7, 1 handled, generated: True");
    }

    [Fact]
    public async Task Worker_WithAHandlerAndAClass_IsCalledByGeneratedCode()
    {
        var consumer = new Consumer(feed, "EventsWorker").Write("Microsoft.NET.Sdk", "CloudNative.Hosting", Programs.EventsInAWorker);
        PublishLog.AssertNoWarnings(await consumer.PublishAsync());
        await AssertPrintsAsync(consumer, consumer.Program, "order 7, attempt 1, generated: True", "class got order 7");
    }

    [Fact]
    public async Task WebApp_CompiledAheadOfTime_HasNoWarningAndHandles()
    {
        NativeToolchain.Require();
        var consumer = new Consumer(feed, "EventsAot").Write(
            "Microsoft.NET.Sdk.Web",
            "CloudNative.Sdk",
            Programs.EventsAheadOfTime,
            "<PublishAot>true</PublishAot><TrimmerSingleWarn>false</TrimmerSingleWarn>");
        PublishLog.AssertNoWarnings(await consumer.PublishAsync());
        await AssertPrintsAsync(consumer, consumer.NativeProgram, "order 7 handled", "class got order 7");
    }

    [Fact]
    public async Task Worker_WithMistakes_IsToldWhileCompiling()
    {
        var consumer = new Consumer(feed, "EventsBad").Write("Microsoft.NET.Sdk", "CloudNative.Hosting", Programs.BadHandler);
        var output = await consumer.PublishAsync();
        Assert.Contains("warning CN9106", output, StringComparison.Ordinal);
        Assert.Contains("warning CN9108", output, StringComparison.Ordinal);
    }

    private static async Task AssertPrintsAsync(Consumer consumer, string program, params string[] lines)
    {
        var isAssembly = program.EndsWith(".dll", StringComparison.Ordinal);
        await using var process = ChildProcess.Start(new ChildProcessOptions
        {
            FileName = isAssembly ? Dotnet.Program : program,
            Arguments = isAssembly ? ["exec", program] : [],
            WorkingDirectory = consumer.Folder,
            Environment = new Dictionary<string, string?>
            {
                ["ASPNETCORE_URLS"] = "http://127.0.0.1:0",
                ["DOTNET_ENVIRONMENT"] = "Development",
                ["CloudNative__Embedded__DataDirectory"] = Path.Combine(consumer.Folder, "data"),
            },
        });
        var missing = new HashSet<string>(lines);
        await process.WaitForLineAsync(line => missing.Remove(line) && missing.Count == 0, TestContext.Current.CancellationToken);
        await Signals.TerminateAsync(process.Id);
        Assert.Equal(0, await process.WaitForExitAsync(TestContext.Current.CancellationToken));
    }
}
