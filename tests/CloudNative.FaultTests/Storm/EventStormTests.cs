using System.Diagnostics;
using System.Globalization;
using CloudNative.FaultTests.Support;
using CloudNative.Testing;

namespace CloudNative.FaultTests.Storm;

/// <summary>
/// The kill harness of the embedded log. The short run is part of every test run; <c>CLOUDNATIVE_STORM_KILLS</c> makes it as long as one
/// likes, <c>CLOUDNATIVE_STORM_SEED</c> repeats one,
/// <c>CLOUDNATIVE_STORM_REPORT</c> names a file for the table, and <c>CLOUDNATIVE_STORM_DIRECTORY</c> a directory where the log is kept.
/// </summary>
public sealed class EventStormTests
{
    [Fact]
    public async Task Storm_KillsPausesAndBusyStore_NothingIsLostReorderedOrDoubled()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no signals that pause a process");
        using var directory = new TemporaryDirectory();
        var kept = Environment.GetEnvironmentVariable("CLOUDNATIVE_STORM_DIRECTORY");
        await WeatherAsync(Number("KILLS") ?? 15, kept ?? directory.Combine("data"), null);
    }

    [Fact]
    public async Task Storm_DiskFillsUp_NothingIsLostReorderedOrDoubled()
    {
        using var disk = new Tmpfs(kilobytes: 64 * 1024);
        await WeatherAsync(Math.Max(3, (Number("KILLS") ?? 15) / 5), disk.Path, disk);
    }

    private static async Task WeatherAsync(int kills, string dataDirectory, Tmpfs? disk)
    {
        var seed = Number("SEED") ?? Random.Shared.Next();
        TestContext.Current.TestOutputHelper!.WriteLine($"seed {seed}");
        await using var run = new StormRun(seed, processes: 3, dataDirectory, disk);
        var begun = Stopwatch.GetTimestamp();
        var verdict = await run.RunAsync(kills);
        var report = run.Report(verdict, Stopwatch.GetElapsedTime(begun));
        TestContext.Current.TestOutputHelper!.WriteLine(report);
        TestContext.Current.TestOutputHelper!.WriteLine(
            string.Join('\n', run.Tally.Words.Select(word => $"{word.Value} times {word.Key}")));
        if (Environment.GetEnvironmentVariable("CLOUDNATIVE_STORM_REPORT") is { Length: > 0 } path)
        {
            await File.AppendAllTextAsync(path, report + Environment.NewLine);
        }

        if (verdict.Lost > 0)
        {
            Assert.Fail($"{verdict}\n{string.Join("\n\n", run.Outputs)}");
        }

        Assert.Equal((0L, 0, 0), (verdict.Lost, verdict.OrderViolations, verdict.Doubled));
        Assert.True(verdict.Acknowledged > kills, $"only {verdict.Acknowledged} events were acknowledged");
    }

    private static int? Number(string name) => int.TryParse(
        Environment.GetEnvironmentVariable($"CLOUDNATIVE_STORM_{name}"), CultureInfo.InvariantCulture, out var number) ? number : null;
}
