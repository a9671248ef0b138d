using System.Diagnostics;
using CloudNative.Eventing;
using CloudNative.FaultTests.Support;
using CloudNative.Testing.Agent.Client;

namespace CloudNative.FaultTests.Embedded.Events;

/// <summary>The log cannot be used: what is said, what goes on by itself, and what it costs meanwhile.</summary>
public sealed class BrokenLogTests
{
    private const int PageSize = 4096;

    private static readonly TimeSpan Watched = TimeSpan.FromSeconds(3);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Directory_ReadOnly_IsSaidAtOnceAndForgottenWhenItIsWritable()
    {
        using var disk = new Tmpfs(kilobytes: 4096);
        disk.MakeReadOnly();
        await using var app = new App(Path.Combine(disk.Path, "data"));
        var agent = await app.StartAsync();
        var append = await Assert.ThrowsAsync<EventTransportException>(() => AppendAsync(agent, "1"));
        var subscribe = await Assert.ThrowsAsync<EventTransportException>(() => SubscribeAsync(agent, new Collector()));
        Assert.StartsWith("CN4003", append.Message, StringComparison.Ordinal);
        Assert.StartsWith("CN4003", subscribe.Message, StringComparison.Ordinal);
        Assert.Contains("CloudNative:Embedded:DataDirectory", append.Message, StringComparison.Ordinal);

        disk.MakeWritable();
        var sink = new Collector();
        await AppendAsync(agent, "1");
        await SubscribeAsync(agent, sink);
        Assert.Equal(1, (await sink.NextAsync()).Position);
    }

    [Fact]
    public async Task Log_IsDamagedInTheMiddle_HandlersPauseAndTheProcessRests()
    {
        await using var app = new App();
        var first = await app.StartAsync();
        await first.CallAsync("publish orders e 3000 0 16", Cancelled);
        await first.Process.CloseAsync(Cancelled); // The last one out puts everything into the database itself.
        await DamageAsync(Path.Combine(app.DataDirectory, "events.db"));

        var agent = await app.StartAsync();
        var sink = new Collector(delivery => delivery.SettleAsync(Settlement.Complete(), CancellationToken.None).AsTask());
        await SubscribeAsync(agent, sink);
        Assert.StartsWith("CN4007", await sink.StateAsync(SubscriptionState.Paused), StringComparison.Ordinal);
        await AssertRestsAsync(agent);
    }

    [Fact]
    public async Task Log_CannotBeMadeAgain_HandlersPauseRestAndGoOnByThemselves()
    {
        await using var app = new App();
        var agent = await app.StartAsync();
        var sink = new Collector();
        await SubscribeAsync(agent, sink);
        await AppendAsync(agent, "1");
        Assert.True(await (await sink.NextAsync()).SettleAsync(Settlement.Complete(), Cancelled));

        // A directory takes the file's place, so that no new log can be made.
        var log = Path.Combine(app.DataDirectory, "events.db");
        var inTheWay = Directory.CreateDirectory(Path.Combine(app.DataDirectory, "in-the-way")).FullName;
        File.Delete(log + "-wal");
        File.Delete(log + "-shm");
        File.Delete(log);
        Directory.Move(inTheWay, log);
        Assert.StartsWith("CN40", await sink.StateAsync(SubscriptionState.Paused), StringComparison.Ordinal);
        var failure = await Assert.ThrowsAsync<EventTransportException>(() => AppendAsync(agent, "2"));
        Assert.Matches("^CN4003|^CN4011", failure.Message);
        await AssertRestsAsync(agent);

        Directory.Delete(log);
        await sink.StateAsync(SubscriptionState.Active);
        await AppendAsync(agent, "3");
        var next = await sink.NextAsync();
        Assert.Equal(("3", 1L), (next.Event.Id, next.Position));
    }

    private static async Task AppendAsync(AgentProcess agent, string id) => await agent.Events.AppendAsync(
        [new OutgoingEvent("orders", new EventEnvelope { Id = id, Source = "/test", Type = "t.v1" })], Cancelled);

    private static async Task SubscribeAsync(AgentProcess agent, Collector sink) =>
        await agent.Events.SubscribeAsync(new SubscriptionSpec { Topic = "orders", Group = "g" }, sink, Cancelled);

    // Looks every half second cost next to nothing; a loop would cost a whole core. What led here is compiled and done after a while.
    private static async Task AssertRestsAsync(AgentProcess agent)
    {
        using var process = Process.GetProcessById(agent.Process.Id);
        var shares = new List<double>();
        while (shares.Count < 5 && !shares.Exists(share => share < 0.05))
        {
            var before = process.TotalProcessorTime;
            await Task.Delay(Watched, Cancelled);
            process.Refresh();
            shares.Add((process.TotalProcessorTime - before) / Watched);
        }

        Assert.True(shares[^1] < 0.05, $"shares of a core, one after another: {string.Join(", ", shares)}");
    }

    private static async Task DamageAsync(string path)
    {
        await using var file = new FileStream(path, FileMode.Open);
        file.Seek(file.Length / PageSize / 2 * PageSize, SeekOrigin.Begin);
        await file.WriteAsync(Enumerable.Repeat((byte)0xFF, 10 * PageSize).ToArray(), Cancelled);
    }
}
