using CloudNative.Embedded.Events.Storage;
using CloudNative.Embedded.Tests.Support;
using CloudNative.Eventing;
using CloudNative.Testing;
using CloudNative.Testing.Agent.Client;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace CloudNative.Embedded.Tests.Events.Storage;

/// <summary>What publishers and handlers get when there is something wrong with events.db itself.</summary>
public sealed class StoreFileTests : IDisposable
{
    private const int PageSize = 4096;
    private const int SmallestLog = 16 * 1024 * 1024;

    private readonly TemporaryDirectory _directory = new();

    private string Store => _directory.Combine(EventSchema.FileName);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Open_LogTwoVersionsAhead_IsRefusedAndLeftAlone()
    {
        await MakeLogAsync(3);
        Execute($"PRAGMA user_version = {EventSchema.Version + 2}");
        var refused = await AssertRefusedAsync("CN4006");
        Assert.Contains($"version {EventSchema.Version + 2}", refused, StringComparison.Ordinal);
        Assert.Contains("Update CloudNative.Embedded", refused, StringComparison.Ordinal);

        Execute($"PRAGMA user_version = {EventSchema.Version}");
        Assert.Equal(["1", "2", "3"], await ReadAllAsync(3));
    }

    [Fact]
    public async Task Open_LogOfAnEarlierBuild_IsRefusedForThatAndLeftAlone()
    {
        await MakeLogAsync(3);
        Execute($"PRAGMA user_version = {EventSchema.Version - 1}");
        var refused = await AssertRefusedAsync("CN4014");
        Assert.Contains($"version {EventSchema.Version - 1}, of an earlier build", refused, StringComparison.Ordinal);
        Assert.DoesNotContain("damaged", refused, StringComparison.Ordinal);

        Execute($"PRAGMA user_version = {EventSchema.Version}");
        Assert.Equal(["1", "2", "3"], await ReadAllAsync(3));
    }

    [Fact]
    public async Task Open_LogOfTheNextVersion_Works()
    {
        await MakeLogAsync(3);
        BringForward();
        await using (var host = new EmbeddedHost(_directory.Path))
        {
            await host.Events.AppendAsync([Sample.Outgoing("4")], Cancelled);
        }

        Assert.Equal(["1", "2", "3", "4"], await ReadAllAsync(4));
    }

    [Fact]
    public async Task NewerService_BringsTheLogForwardBesideThisOne_BothGoOn()
    {
        await using var host = new EmbeddedHost(_directory.Path);
        var sink = new Recorder(completes: true);
        await using var subscription = await host.Events.SubscribeAsync(Sample.Spec(), sink, Cancelled);
        await host.Events.AppendAsync([Sample.Outgoing("1")], Cancelled);
        await sink.NextAsync();

        BringForward();
        await host.Events.AppendAsync([Sample.Outgoing("2")], Cancelled);
        Assert.Equal(2, (await sink.NextAsync()).Position);
        Execute("UPDATE event SET later = 'by the newer one'");
        await using var other = new EmbeddedHost(_directory.Path);
        await other.Events.AppendAsync([Sample.Outgoing("3")], Cancelled);
        Assert.Equal(3, (await sink.NextAsync()).Position);
    }

    [Fact]
    public async Task Open_NoDatabase_IsRefusedAndLeftAlone()
    {
        var text = new string('x', 2 * PageSize);
        await File.WriteAllTextAsync(Store, text, Cancelled);
        var refused = await AssertRefusedAsync("CN4007");
        Assert.Contains("move it away", refused, StringComparison.Ordinal);
        Assert.Equal(text, await File.ReadAllTextAsync(Store, Cancelled));
    }

    [Fact]
    public async Task Open_DatabaseOfSomebodyElse_IsRefusedAndLeftAlone()
    {
        Execute("CREATE TABLE customer (name TEXT); INSERT INTO customer VALUES ('Ada')");
        await AssertRefusedAsync("CN4007");
        Execute("UPDATE customer SET name = name");
    }

    [Theory]
    [InlineData(0, 100)] // The header.
    [InlineData(0, PageSize)]
    [InlineData(2 * PageSize, PageSize)] // The topics; before them is a map that only tidying reads.
    public async Task Open_BeginningIsGarbage_IsRefused(int from, int count)
    {
        await MakeLogAsync(10);
        await DamageAsync(from, count);
        await AssertRefusedAsync("CN4007");
    }

    [Theory]
    [InlineData(50)]
    [InlineData(PageSize)]
    [InlineData(3 * PageSize)]
    public async Task Open_Truncated_IsRefused(int length)
    {
        await MakeLogAsync(10);
        await using (var file = new FileStream(Store, FileMode.Open))
        {
            file.SetLength(length);
        }

        await AssertRefusedAsync("CN4007");
    }

    [Fact]
    public async Task Read_TornPageInTheMiddle_PausesWithTheReasonAndGivesWhatComesBefore()
    {
        await MakeLogAsync(2000);
        await DamageAsync(new FileInfo(Store).Length / PageSize / 2 * PageSize, 10 * PageSize);
        await using var host = new EmbeddedHost(_directory.Path);
        var sink = new Recorder(completes: true);
        await using var subscription = await host.Events.SubscribeAsync(Sample.Spec(), sink, Cancelled);
        Assert.StartsWith("CN4007", await sink.StateAsync(SubscriptionState.Paused), StringComparison.Ordinal);
        Assert.Equal(1, (await sink.NextAsync()).Position);
    }

    [Fact]
    public async Task Deleted_WhileInUse_PublishFailsAndBothGoOnWithANewLog()
    {
        // Time stands still and all is at rest, or a look might find out before the event comes.
        await using var host = new EmbeddedHost(_directory.Path, new FakeTimeProvider());
        var sink = new Recorder(completes: true);
        await using var subscription = await host.Events.SubscribeAsync(Sample.Spec(), sink, Cancelled);
        await host.Events.AppendAsync(Sample.Batch(1, 5), Cancelled);
        await sink.NextAsync(5);
        await EventRest.LetAsync(host.Events, Cancelled);

        TakeAway();
        var failure = await Assert.ThrowsAsync<EventTransportException>(() =>
            host.Events.AppendAsync([Sample.Outgoing("lost")], Cancelled).AsTask());
        Assert.StartsWith("CN4011", failure.Message, StringComparison.Ordinal);

        await AppendUntilTakenAsync(host, Sample.Outgoing("again"), "CN4011");
        var next = await sink.NextAsync();
        Assert.Equal(("again", 1L), (next.Event.Id, next.Position));
        Assert.True(File.Exists(Store));
    }

    [Fact]
    public async Task Deleted_WhileTwoUseItAndOneMakesItAgain_TheOtherDoesNotWriteIntoTheOldFile()
    {
        await using var one = new EmbeddedHost(_directory.Path);
        await using var two = new EmbeddedHost(_directory.Path);
        var sink = new Recorder(completes: true);
        await using var subscription = await one.Events.SubscribeAsync(Sample.Spec(), sink, Cancelled);
        await one.Events.AppendAsync([Sample.Outgoing("1")], Cancelled);
        await two.Events.AppendAsync([Sample.Outgoing("2")], Cancelled);
        await sink.NextAsync(2);

        TakeAway();
        await AppendUntilTakenAsync(one, Sample.Outgoing("by one"), "CN4011");
        await AppendUntilTakenAsync(two, Sample.Outgoing("by two"), "CN4011");
        Assert.Equal(["by one", "by two"], (await sink.NextAsync(2)).Select(delivery => delivery.Event.Id));
    }

    [Fact]
    public async Task Replaced_WhileInUse_PublishFailsAndBothGoOnWithTheOtherLog()
    {
        var backup = _directory.Combine("backup.db");
        await MakeLogAsync(3);
        File.Move(Store, backup);
        await using var host = new EmbeddedHost(_directory.Path, new FakeTimeProvider());
        var sink = new Recorder(completes: true);
        await using var subscription = await host.Events.SubscribeAsync(Sample.Spec(), sink, Cancelled);
        await host.Events.AppendAsync(Sample.Batch(10, 5), Cancelled);
        await sink.NextAsync(5);
        await EventRest.LetAsync(host.Events, Cancelled);

        TakeAway();
        File.Move(backup, Store);
        var failure = await Assert.ThrowsAsync<EventTransportException>(() =>
            host.Events.AppendAsync([Sample.Outgoing("lost")], Cancelled).AsTask());
        Assert.StartsWith("CN4011", failure.Message, StringComparison.Ordinal);
        await AppendUntilTakenAsync(host, Sample.Outgoing("again"), "CN4011");
        Assert.Equal(["1", "2", "3", "again"], (await sink.NextAsync(4)).Select(delivery => delivery.Event.Id).Order());
    }

    [Fact]
    public async Task Deleted_WhileNobodyPublishes_HandlersPauseAndGoOnWithANewLog()
    {
        await using var host = new EmbeddedHost(_directory.Path);
        var sink = new Recorder(completes: true);
        await using var subscription = await host.Events.SubscribeAsync(Sample.Spec(), sink, Cancelled);
        TakeAway();
        Assert.StartsWith("CN4011", await sink.StateAsync(SubscriptionState.Paused), StringComparison.Ordinal);
        await sink.StateAsync(SubscriptionState.Active);
        await host.Events.AppendAsync([Sample.Outgoing("again")], Cancelled);
        Assert.Equal("again", (await sink.NextAsync()).Event.Id);
    }

    [Fact]
    public async Task MaxSize_Reached_PublishIsRefusedAtOnceAndWorksWhenTheGroupHasHandled()
    {
        await using var host = new EmbeddedHost(
            _directory.Path,
            configure: services => services.Configure<EmbeddedOptions>(options => options.Events.MaxSize = SmallestLog));
        var sink = new Recorder();
        await using var subscription = await host.Events.SubscribeAsync(
            Sample.Spec("slow") with { MaxInFlight = 1000 }, sink, Cancelled);
        var stored = 0;
        var failure = await Assert.ThrowsAsync<EventTransportException>(async () =>
        {
            for (; stored < 1000; stored++)
            {
                await host.Events.AppendAsync([Large(stored)], Cancelled);
            }
        });
        Assert.StartsWith("CN4012", failure.Message, StringComparison.Ordinal);
        Assert.Contains("CloudNative:Embedded:Events:MaxSize", failure.Message, StringComparison.Ordinal);
        Assert.Contains($"group 'slow' of 'orders' has about {stored} events before it", failure.Message, StringComparison.Ordinal);
        Assert.InRange(stored, 100, 300);

        foreach (var delivery in await sink.NextAsync(stored))
        {
            Assert.True(await delivery.SettleAsync(Settlement.Complete(), Cancelled));
        }

        await AppendUntilTakenAsync(host, Large(stored), "CN4012");
        var next = await sink.NextAsync();
        Assert.Equal(stored + 1, next.Position);
        Assert.True(await next.SettleAsync(Settlement.Complete(), Cancelled));
    }

    private static OutgoingEvent Large(int number) => new(
        "orders", new EventEnvelope { Id = $"l{number}", Source = "/services/tests", Type = "t.v1", Data = new byte[100_000] });

    private static async Task AppendUntilTakenAsync(EmbeddedHost host, OutgoingEvent outgoing, string expected)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await host.Events.AppendAsync([outgoing], Cancelled);
                return;
            }
            catch (EventTransportException exception) when (attempt < 1000)
            {
                Assert.StartsWith(expected, exception.Message, StringComparison.Ordinal);
                await EventRest.LetAsync(host.Events, Cancelled);
            }
        }
    }

    private void TakeAway()
    {
        File.Delete(Store);
        File.Delete(Store + "-wal");
        File.Delete(Store + "-shm");
    }

    private async Task MakeLogAsync(int count)
    {
        // The last one out puts everything into the database itself.
        await using var host = new EmbeddedHost(_directory.Path);
        await host.Events.AppendAsync(Sample.Batch(1, count), Cancelled);
    }

    private async Task<string> AssertRefusedAsync(string id)
    {
        await using var host = new EmbeddedHost(_directory.Path);
        var append = await Assert.ThrowsAsync<EventTransportException>(() =>
            host.Events.AppendAsync([Sample.Outgoing("refused")], Cancelled).AsTask());
        var subscribe = await Assert.ThrowsAsync<EventTransportException>(() =>
            host.Events.SubscribeAsync(Sample.Spec(), new Recorder(), Cancelled).AsTask());
        Assert.StartsWith(id, append.Message, StringComparison.Ordinal);
        Assert.StartsWith(id, subscribe.Message, StringComparison.Ordinal);
        Assert.Contains(Store, append.Message, StringComparison.Ordinal);
        return append.Message;
    }

    private async Task<string[]> ReadAllAsync(int count)
    {
        await using var host = new EmbeddedHost(_directory.Path);
        var sink = new Recorder(completes: true);
        await using var subscription = await host.Events.SubscribeAsync(Sample.Spec(), sink, Cancelled);
        return [.. (await sink.NextAsync(count)).Select(delivery => delivery.Event.Id).Order()];
    }

    private async Task DamageAsync(long from, int count)
    {
        await using var file = new FileStream(Store, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
        file.Seek(from, SeekOrigin.Begin);
        await file.WriteAsync(Enumerable.Repeat((byte)0xFF, count).ToArray(), Cancelled);
    }

    // As a version that adds a column would.
    private void BringForward() =>
        Execute($"ALTER TABLE event ADD COLUMN later TEXT; PRAGMA user_version = {EventSchema.Version + 1}");

    private void Execute(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={Store};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
