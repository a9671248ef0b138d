using CloudNative.Embedded.Events;
using CloudNative.Embedded.Events.Storage;
using CloudNative.Embedded.Tests.Support;
using CloudNative.Eventing;
using CloudNative.Shared.EventLog;
using CloudNative.Testing;
using CloudNative.Testing.Agent.Client;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace CloudNative.Embedded.Tests.Events.Consuming;

public sealed class GroupMemberTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Take_PartitionWasLostSinceTheLogWasRead_PassesItOverAndTakesTheRest()
    {
        await using var host = new EmbeddedHost(_directory.Path);
        await host.Events.AppendAsync(Sample.Batch(1, 32), Cancelled);
        await using var session = await OpenAsync(host);
        var (member, sink) = await JoinAsync(session, Sample.Spec() with { MaxInFlight = 1 });
        await PumpAsync(session, member); // Takes the first sixteen, one of each partition, and delivers one.
        var first = await sink.NextAsync();
        var found = new List<StoredEvent>();
        var last = await session.Reader.RunAsync(
            connection => EventRows.Scan(connection, member.Group.Topic, 16, 16, (_, _) => true, found.Add).Last);
        Execute("UPDATE share SET token = token + 1 WHERE partition = 1");
        Assert.False(await first.SettleAsync(Settlement.Complete(), Cancelled));

        member.Take(found, last);
        await PumpAsync(session, member);
        while (sink.HasMore)
        {
            Assert.True(await (await sink.NextAsync()).SettleAsync(Settlement.Complete(), Cancelled));
            await PumpAsync(session, member);
        }

        Assert.Equal(
            Enumerable.Range(1, 32).Where(position => position != 17).Select(position => (long?)position),
            sink.All.Select(delivery => delivery.Position).Order());
        await member.LeaveAsync();
    }

    [Fact]
    public async Task Deliver_EventWasRemovedMeanwhile_ItsCreditComesBack()
    {
        await using var host = new EmbeddedHost(_directory.Path);
        await host.Events.AppendAsync([Sample.Outgoing("a1", "a"), Sample.Outgoing("a2", "a")], Cancelled);
        var sink = new Recorder();
        await using var subscription = await host.Events.SubscribeAsync(
            Sample.Spec() with { MaxInFlight = 1, Ordering = EventOrdering.ByKey }, sink, Cancelled);
        var first = await sink.NextAsync();
        Assert.Equal("a1", first.Event.Id);
        // As retention does. The event stands behind the first, and is read again when its turn comes.
        Execute("DELETE FROM event WHERE event = 'a2'");
        Execute("UPDATE topic SET floor = 2");
        Assert.True(await first.SettleAsync(Settlement.Complete(), Cancelled));

        await host.Events.AppendAsync([Sample.Outgoing("b")], Cancelled);
        var next = await sink.NextAsync();
        Assert.Equal("b", next.Event.Id);
        Assert.True(await next.SettleAsync(Settlement.Complete(), Cancelled));
        Assert.Equal(default, await subscription.GetBacklogAsync(Cancelled));
    }

    [Theory]
    [InlineData("02")] // A time without its number.
    [InlineData("02FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF7F00")]
    [InlineData("01FFFFFFFF7F41")] // A subject longer than the value.
    [InlineData("0201FFFFFFFFFFFFFFFF7F")] // A time with an impossible offset.
    public async Task Deliver_AttributesAreDamaged_IsADeadLetterWithItsDataAndOthersGoOn(string attributes)
    {
        await using var host = new EmbeddedHost(_directory.Path);
        await host.Events.AppendAsync(Sample.Batch(1, 3), Cancelled);
        Execute($"UPDATE event SET attributes = X'{attributes}' WHERE event = '2'");
        var sink = new Recorder(completes: true);
        await using var subscription = await host.Events.SubscribeAsync(Sample.Spec(), sink, Cancelled);
        Assert.Equal(["1", "3"], (await sink.NextAsync(2)).Select(delivery => delivery.Event.Id));
        await EventRest.LetAsync(host.Events, Cancelled);

        var letter = Assert.Single(await ((IDeadLetterStore)host.Events).ListAsync(new DeadLetterQuery(), Cancelled));
        Assert.Equal((2L, "2", DeadLetterReason.Malformed), (letter.Position, letter.Event!.Id, letter.Failure.Reason));
        Assert.Contains("damaged", letter.Failure.Detail, StringComparison.Ordinal);
        Assert.Equal(Sample.Event("2").Data.ToArray(), letter.Raw.ToArray());
        Assert.Equal(default, await subscription.GetBacklogAsync(Cancelled));
    }

    [Fact]
    public async Task Deliver_AttributeOfALaterVersion_IsLeftOut()
    {
        await using var host = new EmbeddedHost(_directory.Path);
        await host.Events.AppendAsync(Sample.Batch(1, 1), Cancelled);
        Execute("UPDATE event SET attributes = X'630301020301024142'"); // Kind 0x63 with three bytes, then the subject.
        var sink = new Recorder(completes: true);
        await using var subscription = await host.Events.SubscribeAsync(Sample.Spec(), sink, Cancelled);
        Assert.Equal("AB", (await sink.NextAsync()).Event.Subject);
    }

    [Fact]
    public async Task Pump_DelayedEventWhileTheStoreCannotBeWritten_ComesWhenItIsDueAndTheStoreIsBack()
    {
        var clock = new FakeTimeProvider();
        await using var host = new EmbeddedHost(
            _directory.Path,
            clock,
            services => services.Configure<EmbeddedOptions>(options => options.BusyTimeout = TimeSpan.FromSeconds(1)));
        await host.Events.AppendAsync([Sample.Outgoing("later", delay: TimeSpan.FromSeconds(5))], Cancelled);
        var troubled = new TaskCompletionSource<string?>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var session = await OpenAsync(host, reason => troubled.TrySetResult(reason));
        var (member, sink) = await JoinAsync(session, Sample.Spec());
        using (var connection = Connect())
        {
            using var transaction = connection.BeginTransaction(deferred: false);
            await PumpAsync(session, member);
            Assert.StartsWith("CN4009", await troubled.Task.WaitAsync(TimeSpan.FromSeconds(30), Cancelled), StringComparison.Ordinal);
        }

        await session.Reader.AddAsync(member);
        await clock.AdvanceUntilAsync(() => sink.HasMore, TimeSpan.FromMilliseconds(100), TimeSpan.FromMinutes(5));
        Assert.Equal("later", (await sink.NextAsync()).Event.Id);
        Assert.True(clock.GetUtcNow() - clock.Start >= TimeSpan.FromSeconds(5));
        await member.LeaveAsync();
    }

    // A session of its own, whose members only the test pumps.
    private static async Task<LogSession> OpenAsync(EmbeddedHost host, Action<string?>? troubled = null) => await LogSession.OpenAsync(
        await host.Node.GetSessionAsync(Cancelled),
        host.Services.GetRequiredService<EventLog>().Context,
        lost: _ => { },
        troubled ?? (_ => { }));

    private static async Task<(GroupMember Member, Recorder Sink)> JoinAsync(LogSession session, SubscriptionSpec spec)
    {
        var sink = new Recorder();
        return (await session.JoinAsync(spec, sink, _ => { }), sink);
    }

    private static Task<int> PumpAsync(LogSession session, GroupMember member) => session.Reader.RunAsync(connection =>
    {
        member.Pump(connection.Tables, timed: false);
        return 0;
    });

    private void Execute(string sql)
    {
        using var connection = Connect();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        Assert.Equal(1, command.ExecuteNonQuery());
    }

    private SqliteConnection Connect()
    {
        var connection = new SqliteConnection($"Data Source={_directory.Combine(EventSchema.FileName)};Pooling=False");
        connection.Open();
        return connection;
    }
}
