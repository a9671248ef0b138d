using System.Diagnostics;
using CloudNative.FaultTests.Support;
using Microsoft.Data.Sqlite;

namespace CloudNative.FaultTests.Embedded;

public sealed class KilledProcessTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(1);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Kill_RegisteredProcess_IsGoneFromTwoOthersWithinASecond()
    {
        const int runs = 20;
        await using var app = new App();
        var watchers = await app.StartAsync(2);
        var followers = watchers.Select(watcher => app.Follow(watcher, "catalog")).ToList();
        var worstGone = TimeSpan.Zero;
        var worstSeen = TimeSpan.Zero;
        await watchers[0].Registry.RegisterAsync(App.Instance("catalog", "stays"), Cancelled);
        for (var run = 0; run < runs; run++)
        {
            var victim = await app.StartAsync();
            await victim.Registry.RegisterAsync(App.Instance("catalog", $"victim-{run}"), Cancelled);
            var registered = Stopwatch.GetTimestamp();
            await Task.WhenAll(followers.Select(follower => follower.WaitForIdsAsync("stays", $"victim-{run}")));
            worstSeen = Max(worstSeen, Stopwatch.GetElapsedTime(registered));

            var killing = Stopwatch.GetTimestamp();
            var killed = victim.KillAsync();
            await Task.WhenAll(followers.Select(follower => follower.WaitForIdsAsync("stays")));
            worstGone = Max(worstGone, Stopwatch.GetElapsedTime(killing));
            await killed;
        }

        TestContext.Current.TestOutputHelper!.WriteLine(
            $"worst of {runs}: seen after {worstSeen.TotalMilliseconds:F0} ms, gone after {worstGone.TotalMilliseconds:F0} ms");
        Assert.True(worstSeen < Limit, $"seen after {worstSeen}");
        Assert.True(worstGone < Limit, $"gone after {worstGone}");
    }

    [Fact]
    public async Task Kill_AllAtOnce_AreAllGone()
    {
        await using var app = new App();
        var watcher = await app.StartAsync();
        var follower = app.Follow(watcher, "catalog");
        var victims = await app.StartAsync(5);
        await Task.WhenAll(victims.Select((victim, number) =>
            victim.Registry.RegisterAsync(App.Instance("catalog", $"v{number}"), Cancelled).AsTask()));
        await follower.WaitForIdsAsync("v0", "v1", "v2", "v3", "v4");
        await Task.WhenAll(victims.Select(victim => victim.KillAsync()));
        await follower.WaitForIdsAsync();
        Assert.Single(Directory.GetFiles(Path.Combine(app.DataDirectory, "instances"), "*.lock"));
        Assert.Single(Directory.GetFiles(Path.Combine(app.DataDirectory, "instances"), "*.sock"));
    }

    [Fact]
    public async Task Kill_Everybody_NextOneFindsNobodyAndNoLitter()
    {
        await using var app = new App();
        var victims = await app.StartAsync(3);
        await Task.WhenAll(victims.Select((victim, number) =>
            victim.Registry.RegisterAsync(App.Instance("catalog", $"v{number}"), Cancelled).AsTask()));
        await Task.WhenAll(victims.Select(victim => victim.KillAsync()));

        var next = await app.StartAsync();
        await app.Follow(next, "catalog").WaitForAsync(update => update.Instances.Count == 0, "nobody");
        Assert.Single(Directory.GetFiles(Path.Combine(app.DataDirectory, "instances"), "*.lock"));
        Assert.Single(Directory.GetFiles(Path.Combine(app.DataDirectory, "instances"), "*.sock"));
    }

    [Fact]
    public async Task Kill_InTheMiddleOfWrites50Times_LeavesAReadableStore()
    {
        const int rounds = 10;
        const int victimsARound = 5;
        var random = new Random(Environment.ProcessId);
        TestContext.Current.TestOutputHelper!.WriteLine($"seed {Environment.ProcessId}");
        await using var app = new App();
        var watcher = await app.StartAsync();
        var follower = app.Follow(watcher, "churn");
        for (var round = 0; round < rounds; round++)
        {
            var victims = await app.StartAsync(victimsARound);
            await Task.WhenAll(victims.Select(victim => KillAfterAsync(victim, random.Next(1, 60))));
        }

        await follower.WaitForAsync(update => update.Instances.Count == 0, "nobody");
        await watcher.Registry.RegisterAsync(App.Instance("churn", "alive"), Cancelled);
        await follower.WaitForIdsAsync("alive");
        Assert.Equal("ok", Check(Path.Combine(app.DataDirectory, "control.db")));
    }

    private static async Task KillAfterAsync(Testing.Agent.Client.AgentProcess victim, int writes)
    {
        var call = victim.NextCall();
        await (await victim.SendAsync(call, "churn", Cancelled));
        await foreach (var count in victim.Stream(call).ReadAllAsync(Cancelled))
        {
            if (int.Parse(count, System.Globalization.CultureInfo.InvariantCulture) >= writes)
            {
                break;
            }
        }

        await victim.KillAsync();
    }

    private static string? Check(string path)
    {
        using var connection = new SqliteConnection($"Data Source={path};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA integrity_check";
        return (string?)command.ExecuteScalar();
    }

    private static TimeSpan Max(TimeSpan left, TimeSpan right) => left > right ? left : right;
}
