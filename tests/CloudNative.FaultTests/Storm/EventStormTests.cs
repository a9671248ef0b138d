using System.Diagnostics;
using System.Globalization;
using CloudNative.FaultTests.Support;
using CloudNative.Testing;
using CloudNative.TestSupport.PostgreSql;
using CloudNative.TestSupport.RabbitMq;

namespace CloudNative.FaultTests.Storm;

/// <summary>
/// The kill harness of events, on every transport. The short run is part of every test run; <c>CLOUDNATIVE_STORM_KILLS</c> makes it as
/// long as one likes, <c>CLOUDNATIVE_STORM_SEED</c> repeats one, <c>CLOUDNATIVE_STORM_REPORT</c> names a file for the table, and
/// <c>CLOUDNATIVE_STORM_DIRECTORY</c> a directory where the embedded log is kept.
/// </summary>
public sealed class EventStormTests
{
    private static int Kills => Number("KILLS") ?? 30;

    [Fact]
    public async Task Storm_KillsPausesAndBusyStore_NothingIsLostReorderedOrDoubled()
    {
        using var directory = new TemporaryDirectory();
        var kept = Environment.GetEnvironmentVariable("CLOUDNATIVE_STORM_DIRECTORY");
        await WeatherAsync(Kills, new EmbeddedGround(kept ?? directory.Combine("data"), null));
    }

    [Fact]
    public async Task Storm_DiskFillsUp_NothingIsLostReorderedOrDoubled()
    {
        using var disk = new Tmpfs(kilobytes: 64 * 1024);
        await WeatherAsync(Math.Max(3, Kills / 10), new EmbeddedGround(disk.Path, disk));
    }

    [Fact]
    public async Task Storm_OnPostgreSqlThatCrashes_NothingIsLostReorderedOrDoubled()
    {
        await using var server = new PostgreSqlServer();
        await WeatherAsync(Kills, new PostgreSqlGround(server, await server.CreateDatabaseAsync()));
    }

    [Fact]
    public async Task Storm_OnABrokerThatCrashes_NothingIsLostReorderedOrDoubled()
    {
        await using var server = new RabbitMqServer();
        await WeatherAsync(Kills, new RabbitMqGround(server, await server.CreateVhostAsync()));
    }

    private static async Task WeatherAsync(int kills, IStormGround ground)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no signals that pause a process");
        var seed = Number("SEED") ?? Random.Shared.Next();
        TestContext.Current.TestOutputHelper!.WriteLine($"seed {seed}");
        await using var run = new StormRun(seed, processes: 3, ground);
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
