using CloudNative.Embedded.Tests.Support;
using CloudNative.Eventing;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Time.Testing;

namespace CloudNative.Embedded.Tests.Outbox;

public sealed class SqliteOutboxStoreTests : IAsyncDisposable
{
    private readonly ServiceDatabaseFile _file = new();
    private readonly Relayed _relayed = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _file.DisposeAsync();

    [Theory]
    [InlineData("wal")]
    [InlineData("delete")]
    public async Task Prepare_ServicesOwnSettings_StayAsTheyAre(string journal)
    {
        _file.Execute($"PRAGMA journal_mode = {journal}; PRAGMA user_version = 41; PRAGMA application_id = 7; CREATE TABLE o (id)");
        var store = _file.AddOutbox();
        await store.PrepareAsync(Cancelled);
        await CommitAsync(store, 1, 3);
        await store.DrainAsync(_relayed.AppendAsync, Cancelled);
        Assert.Equal(
            (journal, 41L, 7L),
            (_file.Scalar("PRAGMA journal_mode"), _file.Scalar("PRAGMA user_version"), _file.Scalar("PRAGMA application_id")));
    }

    [Fact]
    public async Task Enqueue_BeforeTheStart_TheTablesShareTheFateOfTheTransaction()
    {
        var store = _file.AddOutbox();
        await CommitAsync(store, 1, 1, commit: false);
        Assert.Equal(0L, _file.Scalar("SELECT COUNT(*) FROM sqlite_schema WHERE name = 'cloudnative_outbox'"));
        await CommitAsync(store, 2, 1);
        await store.PrepareAsync(Cancelled);
        await store.DrainAsync(_relayed.AppendAsync, Cancelled);
        Assert.Equal(["2"], _relayed.Ids);
    }

    [Fact]
    public async Task Validate_NoTables_IsRefusedWithWhatToDo()
    {
        var store = _file.AddOutbox(null, ("Provisioning", "Validate"));
        var refused = await Assert.ThrowsAsync<EventTransportException>(async () => await store.PrepareAsync(Cancelled));
        Assert.StartsWith("CN4032", refused.Message, StringComparison.Ordinal);
        refused = await Assert.ThrowsAsync<EventTransportException>(() => CommitAsync(store, 1, 1));
        Assert.StartsWith("CN4032", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2, null)]
    [InlineData(3, "CN4033")]
    public async Task Prepare_NewerTables_TheNextVersionIsUnderstood(int version, string? error)
    {
        var store = _file.AddOutbox();
        await store.PrepareAsync(Cancelled);
        _file.Execute($"UPDATE cloudnative_schema SET version = {version}; ALTER TABLE cloudnative_outbox ADD COLUMN later TEXT");
        var refused = await Record.ExceptionAsync(async () => await _file.AddOutbox().PrepareAsync(Cancelled));
        Assert.Equal(error, refused?.Message[..6]);
        if (error is null)
        {
            await CommitAsync(store, 1, 1);
            Assert.Equal(1, await store.DrainAsync(_relayed.AppendAsync, Cancelled));
        }
    }

    [Fact]
    public async Task Enqueue_DiskFull_FailsInTheServicesTransactionAndPublishesNothing()
    {
        var store = _file.AddOutbox();
        await store.PrepareAsync(Cancelled);
        await using (var connection = _file.Connect())
        {
            // SQLite's own limit of the file's size fails just as a full disk does.
            await using var limit = connection.CreateCommand();
            limit.CommandText = "PRAGMA max_page_count = 20";
            limit.ExecuteNonQuery();
            await using var transaction = connection.BeginTransaction();
            var full = await Assert.ThrowsAsync<SqliteException>(() => Relayed.EnqueueAsync(store, transaction, 1, 100, 4_096));
            Assert.Equal(13, full.SqliteErrorCode);
        }

        Assert.Equal(0, await store.DrainAsync(_relayed.AppendAsync, Cancelled));
        await CommitAsync(store, 101, 1);
        Assert.Equal(1, await store.DrainAsync(_relayed.AppendAsync, Cancelled));
    }

    [Fact]
    public async Task Drain_SomebodyElseWritesForTooLong_FailsAndMovesNothingTwice()
    {
        var store = _file.AddOutbox(null, ("BusyTimeout", "00:00:01"));
        await store.PrepareAsync(Cancelled);
        await CommitAsync(store, 1, 3);
        await using (var connection = _file.Connect())
        {
            await using var transaction = connection.BeginTransaction();
            var locked = await Assert.ThrowsAsync<EventTransportException>(async () =>
                await store.DrainAsync(_relayed.AppendAsync, Cancelled));
            Assert.StartsWith("CN4031", locked.Message, StringComparison.Ordinal);
            Assert.Equal(["1", "2", "3"], _relayed.Ids);
        }

        Assert.Equal(3, await store.DrainAsync(_relayed.AppendAsync, Cancelled));
        Assert.Equal(["1", "2", "3"], _relayed.Ids);
    }

    [Fact]
    public async Task Drain_TenThousandLargeRows_NeverHoldsMoreThanABatch()
    {
        const int Bytes = 20_000;
        _file.Execute("PRAGMA journal_mode = WAL");
        var store = _file.AddOutbox();
        await store.PrepareAsync(Cancelled);
        await CommitAsync(store, 1, 10_000, bytes: 200);
        await CommitAsync(store, 10_001, 200, bytes: Bytes);
        Assert.Equal(10_200, await store.DrainAsync(_relayed.AppendAsync, Cancelled));
        Assert.Equal(Enumerable.Range(1, 10_200).Select(number => $"{number}"), _relayed.Ids);
        Assert.All(_relayed.BatchBytes, bytes => Assert.InRange(bytes, 1, (1024 * 1024) + Bytes));
    }

    [Fact]
    public async Task Wait_NothingHappens_WritesNothing()
    {
        var clock = new FakeTimeProvider();
        var store = _file.AddOutbox(clock);
        await store.PrepareAsync(Cancelled);
        await using var observer = _file.Connect();
        var before = DataVersion(observer);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);
        var waiting = store.WaitAsync(over.Token).AsTask();
        for (var poll = 0; poll < 100; poll++)
        {
            clock.Advance(TimeSpan.FromSeconds(1));
            await store.GetBacklogAsync(Cancelled); // Behind the look on the store's thread.
        }

        Assert.Equal(before, DataVersion(observer));
        Assert.False(waiting.IsCompleted);
        await over.CancelAsync();
    }

    [Fact]
    public async Task Wait_TransactionStaysOpen_EndsWithItsCommit()
    {
        var clock = new FakeTimeProvider();
        var store = _file.AddOutbox(clock, ("PollInterval", "00:01:00"));
        await store.PrepareAsync(Cancelled);
        var waiting = store.WaitAsync(Cancelled).AsTask();
        await using var connection = _file.Connect();
        await using var transaction = connection.BeginTransaction();
        await Relayed.EnqueueAsync(store, transaction, 1, 1);
        clock.Advance(TimeSpan.FromSeconds(20));
        Assert.False(waiting.IsCompleted);
        transaction.Commit();
        // Well before the next look that is due by time.
        var passed = await AdvanceAsync(clock, store, waiting, TimeSpan.FromMilliseconds(1));
        Assert.True(passed < TimeSpan.FromSeconds(35), $"It took {passed}.");
    }

    [Fact]
    public async Task Wait_ConnectionIsClosedAfterTheCommit_EndsWithoutTheClock()
    {
        var store = _file.AddOutbox(new FakeTimeProvider());
        await store.PrepareAsync(Cancelled);
        for (var number = 1; number <= 20; number++)
        {
            var waiting = store.WaitAsync(Cancelled).AsTask();
            await using (var connection = _file.Connect())
            {
                await using var transaction = connection.BeginTransaction();
                await Relayed.EnqueueAsync(store, transaction, number, 1);
                for (var look = 0; look < 5; look++)
                {
                    await store.GetBacklogAsync(Cancelled); // Meanwhile the one who waits has looked, and found nothing.
                }

                transaction.Commit();
            }

            await waiting.WaitAsync(TimeSpan.FromSeconds(30), Cancelled);
            Assert.Equal(1, await store.DrainAsync(_relayed.AppendAsync, Cancelled));
        }
    }

    [Fact]
    public async Task Drain_WhoeverHasTheTurnStandsStill_GoesPastAfterHalfAMinute()
    {
        var clock = new FakeTimeProvider();
        var store = _file.AddOutbox(clock);
        await store.PrepareAsync(Cancelled);
        await CommitAsync(store, 1, 2);
        await using var paused = new FileStream(
            $"{_file.Path}-cloudnative", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        var draining = store.DrainAsync(_relayed.AppendAsync, Cancelled).AsTask();
        var passed = await AdvanceAsync(clock, store, draining, TimeSpan.FromMilliseconds(250));
        Assert.Equal(2, await draining);
        Assert.True(passed >= TimeSpan.FromSeconds(30), $"It took {passed}.");
    }

    [Fact]
    public async Task Drain_WhoeverHadTheTurnEnded_GoesOnAtOnce()
    {
        var clock = new FakeTimeProvider();
        var store = _file.AddOutbox(clock);
        await store.PrepareAsync(Cancelled);
        await CommitAsync(store, 1, 2);
        Task<int> draining;
        await using (new FileStream($"{_file.Path}-cloudnative", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None))
        {
            draining = store.DrainAsync(_relayed.AppendAsync, Cancelled).AsTask();
            await store.GetBacklogAsync(Cancelled);
            Assert.False(draining.IsCompleted);
        }

        var passed = await AdvanceAsync(clock, store, draining, TimeSpan.FromMilliseconds(5));
        Assert.True(passed < TimeSpan.FromSeconds(29), $"It took {passed}.");
    }

    // Lets the store's thread take its turn between two steps.
    private static async Task<TimeSpan> AdvanceAsync(FakeTimeProvider clock, IOutboxStore store, Task until, TimeSpan step)
    {
        var passed = TimeSpan.Zero;
        for (; !until.IsCompleted; passed += step)
        {
            clock.Advance(step);
            await store.GetBacklogAsync(Cancelled);
        }

        return passed;
    }

    private static long DataVersion(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA data_version";
        return (long)command.ExecuteScalar()!;
    }

    private async Task CommitAsync(IOutboxStore store, int from, int count, int bytes = 2, bool commit = true)
    {
        await using var connection = _file.Connect();
        await using var transaction = connection.BeginTransaction();
        await Relayed.EnqueueAsync(store, transaction, from, count, bytes);
        if (commit)
        {
            transaction.Commit();
        }
    }
}
