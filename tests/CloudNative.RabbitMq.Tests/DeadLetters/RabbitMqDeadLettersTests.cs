using System.Text;
using CloudNative.Eventing;
using CloudNative.RabbitMq.DeadLetters;
using CloudNative.RabbitMq.Tests.Support;
using CloudNative.RabbitMq.Transport;
using RabbitMQ.Client;

namespace CloudNative.RabbitMq.Tests.DeadLetters;

/// <summary>What the conformance suite does not know of: streams, two operators at once, and earlier versions.</summary>
public sealed class RabbitMqDeadLettersTests(RabbitMqServer server) : IAsyncLifetime
{
    private string _vhost = string.Empty;
    private Raw _raw = null!;
    private RabbitMqEventTransport _transport = null!;
    private RabbitMqEventTransport _other = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private IDeadLetterStore Letters => _transport;

    public async ValueTask InitializeAsync()
    {
        _vhost = await server.CreateVhostAsync();
        _raw = await Raw.ConnectAsync(server.Address(_vhost));
        _transport = Transports.Create(server.Address(_vhost));
        _other = Transports.Create(server.Address(_vhost));
    }

    public async ValueTask DisposeAsync()
    {
        await _transport.DisposeAsync();
        await _other.DisposeAsync();
        await _raw.DisposeAsync();
    }

    [Fact]
    public async Task List_NobodyWasEverHere_IsEmpty() => Assert.Empty(await ListAsync());

    [Fact]
    public async Task Replay_ByTwoProcessesAtOnce_SendsEachOnce()
    {
        const int count = 40;
        var sink = await GiveUpAsync(Sample.Spec with { MaxInFlight = count }, count);
        var ids = (await ListAsync()).Select(letter => letter.Id).ToList();
        var counts = await Task.WhenAll(
            Letters.ReplayAsync(ids, Cancelled).AsTask(),
            ((IDeadLetterStore)_other).ReplayAsync(ids, Cancelled).AsTask(),
            Letters.ReplayAsync([.. ids.Take(20)], Cancelled).AsTask(),
            ((IDeadLetterStore)_other).DiscardAsync([ids[^1] + 1_000], Cancelled).AsTask());
        Assert.Equal(count, counts.Sum());
        var arrived = new List<string>();
        for (var number = 0; number < count; number++)
        {
            var delivery = await sink.NextAsync();
            arrived.Add(delivery.Event.Id);
            await delivery.SettleAsync(Settlement.Complete(), Cancelled);
        }

        Assert.Equal(count, arrived.Distinct().Count());
        Assert.False(sink.TryNext(out _));
        Assert.Empty(await ListAsync());
        Assert.Empty(await ((IDeadLetterStore)_other).ListAsync(new DeadLetterQuery(), Cancelled));
    }

    [Fact]
    public async Task Replay_AnotherDiedInTheMiddle_WaitsForItsClaimAndThenGoes()
    {
        var sink = await GiveUpAsync(Sample.Spec, 1);
        var id = Assert.Single(await ListAsync()).Id;
        var now = TimeProvider.System.GetUtcNow();
        await ClaimAsync(id, now, now + TimeSpan.FromMinutes(1));
        Assert.Equal(0, await Letters.ReplayAsync([id], Cancelled));
        Assert.False(await Letters.EditAsync(id, "[]"u8.ToArray(), "ann", Cancelled));
        Assert.Equal(id, Assert.Single(await ListAsync()).Id);
        Assert.False(sink.TryNext(out _));

        var second = await GiveUpAsync(Sample.Spec with { Group = "stock" }, 1);
        id = (await ListAsync())[^1].Id;
        await ClaimAsync(id, now - TimeSpan.FromMinutes(2), now - TimeSpan.FromMinutes(1));
        Assert.Equal(1, await Letters.ReplayAsync([id], Cancelled));
        Assert.Equal("0", (await second.NextAsync()).Event.Id);
    }

    [Fact]
    public async Task Replay_QueueOfTheGroupIsGone_SaysSoAndKeepsThem()
    {
        await GiveUpAsync(Sample.Spec, 2);
        var ids = (await ListAsync()).Select(letter => letter.Id).ToList();
        await _transport.DisposeAsync();
        await _raw.Channel.QueueDeleteAsync("cn/orders/mail", ifUnused: false, ifEmpty: false, cancellationToken: Cancelled);
        _transport = Transports.Create(server.Address(_vhost));
        for (var time = 0; time < 2; time++)
        {
            var exception = await Assert.ThrowsAsync<EventTransportException>(
                () => Letters.ReplayAsync(ids, Cancelled).AsTask());
            Assert.StartsWith("CN4312", exception.Message, StringComparison.Ordinal);
            Assert.Contains("CN4306", exception.Message, StringComparison.Ordinal);
        }

        Assert.Equal(ids, (await ListAsync()).Select(letter => letter.Id));
        Assert.Equal(2, await Letters.DiscardAsync(ids, Cancelled));
    }

    [Fact]
    public async Task Replay_OrderedGroup_GoesToThePartitionOfItsKeyInOrder()
    {
        var sink = new Sink();
        await _transport.SubscribeAsync(Sample.Ordered, sink, Cancelled);
        await _transport.AppendAsync([.. Enumerable.Range(0, 5).Select(number => Sample.Event(number, "k"))], Cancelled);
        for (var number = 0; number < 5; number++)
        {
            await (await sink.NextAsync()).SettleAsync(Settlement.DeadLetter(Sample.Failure()), Cancelled);
        }

        var ids = (await ListAsync()).Select(letter => letter.Id).ToList();
        Assert.Equal(5, await Letters.ReplayAsync([.. ids.AsEnumerable().Reverse()], Cancelled));
        for (var number = 0; number < 5; number++)
        {
            var delivery = await sink.NextAsync();
            Assert.Equal(Sample.Event(number).Event.Id, delivery.Event.Id);
            Assert.False(sink.TryNext(out _));
            await delivery.SettleAsync(Settlement.Complete(), Cancelled);
        }
    }

    [Fact]
    public async Task DeadQueue_OfAnEarlierVersionAndOfTheBroker_IsMovedAndCanBeReplayed()
    {
        await (await _transport.SubscribeAsync(Sample.Spec, new Sink(), Cancelled)).DisposeAsync();
        var failure = new Dictionary<string, object?> { ["reason"] = "Rejected", ["detail"] = "why", ["attempt"] = 3 };
        await _raw.Channel.BasicPublishAsync(
            string.Empty, "cn/orders/mail/dead", mandatory: true, Message("old", failure), "{}"u8.ToArray(), Cancelled);
        await server.ControlAsync(
            "set_policy", "--vhost", _vhost, "--apply-to", "queues", "short", "^cn/orders/mail$", """{"message-ttl":1}""");
        await _raw.Channel.BasicPublishAsync("cn/orders", "-", mandatory: true, Message("late", null), "{}"u8.ToArray(), Cancelled);
        while (await _raw.Channel.MessageCountAsync("cn/orders/mail/dead", Cancelled) < 2)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, Cancelled);
        }

        await server.ControlAsync("clear_policy", "--vhost", _vhost, "short");
        var sink = new Sink();
        await _transport.SubscribeAsync(Sample.Spec, sink, Cancelled);
        while ((await ListAsync()).Count < 2)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, Cancelled);
        }

        var letters = await ListAsync();
        Assert.Equal(["old", "late"], letters.Select(letter => letter.Event!.Id));
        Assert.Equal(("why", 3), (letters[0].Failure.Detail, letters[0].Failure.Attempt));
        Assert.Contains("expired", letters[1].Failure.Detail, StringComparison.Ordinal);
        Assert.Equal(0u, await _raw.Channel.MessageCountAsync("cn/orders/mail/dead", Cancelled));
        Assert.Equal(2, await Letters.ReplayAsync([.. letters.Select(letter => letter.Id)], Cancelled));
        Assert.Equal(["old", "late"], [(await sink.NextAsync()).Event.Id, (await sink.NextAsync()).Event.Id]);
    }

    [Fact]
    public async Task Replay_NoEvent_GoesBackAsItCame()
    {
        await _transport.SubscribeAsync(Sample.Spec, new Sink(), Cancelled);
        await _raw.Channel.BasicPublishAsync(
            "cn/orders", "-", mandatory: true, new BasicProperties { ContentType = "text/plain" }, "what?"u8.ToArray(), Cancelled);
        IReadOnlyList<DeadLetter> letters;
        while ((letters = await ListAsync()).Count == 0)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, Cancelled);
        }

        Assert.Null(letters[0].Event);
        Assert.Equal(("what?", DeadLetterReason.Malformed), (Encoding.UTF8.GetString(letters[0].Raw.Span), letters[0].Failure.Reason));
        Assert.Equal(1, await Letters.ReplayAsync([letters[0].Id], Cancelled));
        while ((letters = await ListAsync()).Count == 0)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, Cancelled);
        }

        Assert.Equal("what?", Encoding.UTF8.GetString(letters[0].Raw.Span));
        Assert.Single(letters[0].History);
    }

    [Fact]
    public async Task List_MoreThanIsReadAtOnce_IsCompleteAlsoBehindThoseThatAreGone()
    {
        const int count = 500;
        await ListAsync();
        for (var number = 0; number < count; number++)
        {
            var message = Message(Sample.Event(number).Event.Id, null);
            message.Headers!["cn-topic"] = "orders";
            message.Headers["cn-group"] = number % 2 == 0 ? "mail" : "stock";
            await _raw.Channel.BasicPublishAsync(string.Empty, "cn/~dead", mandatory: true, message, "{}"u8.ToArray(), Cancelled);
        }

        var all = await ListAsync();
        Assert.Equal(Enumerable.Range(0, count).Select(number => Sample.Event(number).Event.Id), all.Select(letter => letter.Event!.Id));
        Assert.Equal(count - 1, await Letters.DiscardAsync([.. all.SkipLast(1).Select(letter => letter.Id)], Cancelled));
        foreach (var store in (IDeadLetterStore[])[_transport, _other])
        {
            Assert.Equal(all[^1].Id, Assert.Single(await store.ListAsync(new DeadLetterQuery { Limit = 1 }, Cancelled)).Id);
            Assert.Equal(all[^1].Id, (await store.FindAsync(all[^1].Id, Cancelled))?.Id);
            Assert.Null(await store.FindAsync(all[0].Id, Cancelled));
            Assert.Empty(await store.ListAsync(new DeadLetterQuery { Group = "mail" }, Cancelled));
        }
    }

    [Fact]
    public async Task List_StreamWasMadeAnew_BeginsAnew()
    {
        var sink = await GiveUpAsync(Sample.Spec, 3);
        await Letters.DiscardAsync([.. (await ListAsync()).Select(letter => letter.Id)], Cancelled);
        Assert.Empty(await ListAsync());
        await _raw.Channel.QueueDeleteAsync("cn/~dead", ifUnused: false, ifEmpty: false, cancellationToken: Cancelled);
        await _transport.AppendAsync([Sample.Event("new")], Cancelled);
        var delivery = await sink.NextAsync();
        await Assert.ThrowsAsync<EventTransportException>(
            () => delivery.SettleAsync(Settlement.DeadLetter(Sample.Failure()), Cancelled).AsTask());
        await (await sink.NextAsync()).SettleAsync(Settlement.DeadLetter(Sample.Failure()), Cancelled);
        Assert.Equal("new", Assert.Single(await ListAsync()).Event!.Id);
    }

    [Fact]
    public async Task Subscribe_OtherLimits_SaysTheCure()
    {
        await ListAsync();
        var options = new RabbitMqOptions();
        options.DeadLetters.MaxAge = TimeSpan.FromDays(1);
        await using var changed = Transports.Create(server.Address(_vhost), options);
        var exception = await Assert.ThrowsAsync<EventTransportException>(
            () => changed.SubscribeAsync(Sample.Spec, new Sink(), Cancelled).AsTask());
        Assert.StartsWith("CN4307", exception.Message, StringComparison.Ordinal);
        Assert.Contains("x-max-age", exception.Message, StringComparison.Ordinal);
        Assert.Contains("CloudNative:RabbitMq:DeadLetters", exception.Message, StringComparison.Ordinal);
    }

    private async Task<IReadOnlyList<DeadLetter>> ListAsync() =>
        await Letters.ListAsync(new DeadLetterQuery { Limit = 1_000 }, Cancelled);

    private async Task<Sink> GiveUpAsync(SubscriptionSpec spec, int count)
    {
        var sink = new Sink();
        await _transport.SubscribeAsync(spec, sink, Cancelled);
        await _transport.AppendAsync([.. Enumerable.Range(0, count).Select(number => Sample.Event(number))], Cancelled);
        for (var number = 0; number < count; number++)
        {
            await (await sink.NextAsync()).SettleAsync(Settlement.DeadLetter(Sample.Failure()), Cancelled);
        }

        return sink;
    }

    // As a process does that then dies.
    private async Task ClaimAsync(long id, DateTimeOffset now, DateTimeOffset until) => await _raw.Channel.BasicPublishAsync(
        string.Empty, "cn/~dead", mandatory: true, LetterEntry.Write(LetterAct.Claim, "another", [id], now, until), default, Cancelled);

    private static BasicProperties Message(string id, Dictionary<string, object?>? failure)
    {
        var headers = new Dictionary<string, object?>
        {
            ["cloudEvents_specversion"] = "1.0",
            ["cloudEvents_id"] = id,
            ["cloudEvents_source"] = "/s",
            ["cloudEvents_type"] = "t",
        };
        if (failure is not null)
        {
            headers["cn-failures"] = new List<object?> { failure };
        }

        return new BasicProperties { Persistent = true, MessageId = id, Headers = headers };
    }
}
