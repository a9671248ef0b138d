using System.Diagnostics;
using CloudNative.Consumers;

namespace CloudNative.PackageTests;

public sealed class WebAppTests(PackageFeed feed)
{
    [Fact]
    public async Task WebApp_StartedTwice_FindsItselfByName()
    {
        var consumer = new Consumer(feed, "Hello").Write("Microsoft.NET.Sdk.Web", "CloudNative.Sdk", Programs.Web);
        // The generator and the analyzers that came with the package have nothing to add and nothing to say.
        PublishLog.AssertNoWarnings(await consumer.PublishAsync());
        await AssertTwoFindEachOtherAsync(consumer.Program, consumer.Folder);
    }

    [Fact]
    public async Task WebApp_CompiledAheadOfTime_HasNoWarningAndFindsItselfByName()
    {
        NativeToolchain.Require();
        var consumer = new Consumer(feed, "HelloAot").Write(
            "Microsoft.NET.Sdk.Web",
            "CloudNative.Sdk",
            Programs.AheadOfTime,
            "<PublishAot>true</PublishAot><TrimmerSingleWarn>false</TrimmerSingleWarn>");
        var output = await consumer.PublishAsync();
        PublishLog.AssertNoWarnings(output);
        await AssertTwoFindEachOtherAsync(consumer.NativeProgram, consumer.Folder);
    }

    /// <summary>Both instances answer calls to the logical name: the registry is shared by processes that know nothing else of
    /// each other.</summary>
    private static async Task AssertTwoFindEachOtherAsync(string program, string folder)
    {
        var environment = new Dictionary<string, string?>
        {
            ["CloudNative__Service__Name"] = "hello",
            ["CloudNative__Embedded__DataDirectory"] = Path.Combine(folder, "data"),
        };
        await using var first = await RunningService.StartAsync(program, folder, environment);
        await using var second = await RunningService.StartAsync(program, folder, environment);
        await first.WaitForOkAsync("/health/ready");
        await second.WaitForOkAsync("/health/ready");

        var expected = new HashSet<string> { $"{first.ProcessId}", $"{second.ProcessId}" };
        var seen = new HashSet<string>();
        var started = Stopwatch.GetTimestamp();
        while (!seen.SetEquals(expected) && Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(60))
        {
            seen.Add(await first.GetAsync("/ask"));
        }

        Assert.True(seen.SetEquals(expected), $"answers from {string.Join(", ", seen)}\n{first.Output}\n{second.Output}");
        Assert.Equal(0, await first.StopAsync());
    }
}
