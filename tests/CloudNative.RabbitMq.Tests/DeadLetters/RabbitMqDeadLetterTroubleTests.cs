using CloudNative.Eventing;
using CloudNative.RabbitMq.Tests.Support;
using CloudNative.RabbitMq.Transport;
using RabbitMQ.Client;

namespace CloudNative.RabbitMq.Tests.DeadLetters;

/// <summary>Messages of others that would do harm as dead letters, and what goes wrong in the middle.</summary>
public sealed class RabbitMqDeadLetterTroubleTests(RabbitMqServer server) : IAsyncLifetime
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(30);

    private string _vhost = string.Empty;
    private Raw _raw = null!;
    private RabbitMqEventTransport _transport = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private IDeadLetterStore Letters => _transport;

    public async ValueTask InitializeAsync()
    {
        _vhost = await server.CreateVhostAsync();
        _raw = await Raw.ConnectAsync(server.Address(_vhost));
        _transport = Transports.Create(server.Address(_vhost));
    }

    public async ValueTask DisposeAsync()
    {
        await _transport.DisposeAsync();
        await _raw.DisposeAsync();
    }

    [Fact]
    public async Task Bury_MessageSaysWhoPublishedItAndLooksLikeAnAct_IsALetterThatCanBeReplayed()
    {
        await ListAsync(0);
        await _transport.SubscribeAsync(Sample.Spec, new Sink(), Cancelled);
        var user = await AddUserAsync(_vhost + "-other");
        await using var other = await Raw.ConnectAsync(server.Address(_vhost, user, user));

        // A letter with a user, one that cannot be read, and one that the broker has given up.
        await PublishAsync(other, string.Empty, "cn/~dead", new BasicProperties
        {
            UserId = user,
            Headers = new Dictionary<string, object?>
            {
                ["cn-topic"] = "orders",
                ["cn-group"] = "mail",
                ["cn-queue"] = "cn/orders/mail",
            },
        });
        var id = Assert.Single(await ListAsync(1)).Id;
        await PublishAsync(other, "cn/orders", "-", Discarding(id, user));
        await PublishAsync(other, string.Empty, "cn/orders/mail/dead", Discarding(id, user));
        var ids = (await ListAsync(3)).Select(letter => letter.Id).ToList();
        Assert.Equal(id, ids[0]);

        Assert.Equal(3, await Letters.ReplayAsync(ids, Cancelled));
        Assert.All(await ListAsync(3), letter => Assert.Equal(DeadLetterReason.Malformed, letter.Failure.Reason));
    }

    [Fact]
    public async Task Replay_ClaimIsWrittenButCannotBeRead_DoesNotStayClaimed()
    {
        var user = await AddUserAsync(_vhost + "-reader");
        await using var reader = Transports.Create(server.Address(_vhost, user, user));
        await ListAsync(0);
        await PublishLetterAsync("a");
        var id = Assert.Single(await ((IDeadLetterStore)reader).ListAsync(new DeadLetterQuery(), Cancelled)).Id;

        await server.ControlAsync("set_permissions", "--vhost", _vhost, user, ".*", ".*", "^$");
        await Assert.ThrowsAsync<EventTransportException>(
            () => ((IDeadLetterStore)reader).ReplayAsync([id], Cancelled).AsTask());

        // Claimed, it would stay for a minute.
        Assert.True(await Letters.EditAsync(id, "[]"u8.ToArray(), "ann", Cancelled));
    }

    [Fact]
    public async Task List_StreamWasMadeAnewAndIsAsLong_BeginsAnew()
    {
        await ListAsync(0);
        await PublishLetterAsync("a");
        var id = Assert.Single(await ListAsync(1)).Id;
        Assert.Equal(1, await Letters.DiscardAsync([id], Cancelled));
        await _raw.Channel.QueueDeleteAsync("cn/~dead", ifUnused: false, ifEmpty: false, cancellationToken: Cancelled);
        await using (var other = Transports.Create(server.Address(_vhost)))
        {
            Assert.Empty(await ((IDeadLetterStore)other).ListAsync(new DeadLetterQuery(), Cancelled));
        }

        await PublishLetterAsync("b");
        await PublishLetterAsync("c");
        Assert.Equal(["b", "c"], (await ListAsync(2)).Select(letter => letter.Event!.Id));
    }

    [Theory]
    [InlineData(1_000_000L)]
    [InlineData(0L)]
    [InlineData(-5L)]
    public async Task List_LetterSaysItWasEditedFromOneThatIsNotThere_IsListedWithoutWhatItWas(long from)
    {
        await ListAsync(0);
        await PublishLetterAsync(
            "a", ("cn-edited-by", "somebody"), ("cn-edited-at", DateTimeOffset.UnixEpoch.UtcTicks), ("cn-edited-from", from));
        var edit = Assert.Single(await ListAsync(1)).Edit!;
        Assert.Equal("somebody", edit.By);
        Assert.True(edit.Original.IsEmpty);
    }

    private static BasicProperties Discarding(long id, string user) => new()
    {
        UserId = user,
        Headers = new Dictionary<string, object?> { ["cn-act"] = "Discard", ["cn-letters"] = $"{id}" },
    };

    private static async Task PublishAsync(Raw who, string exchange, string key, BasicProperties properties)
    {
        properties.ContentType = "text/plain";
        await who.Channel.BasicPublishAsync(exchange, key, mandatory: true, properties, "what?"u8.ToArray(), Cancelled);
    }

    private async Task<string> AddUserAsync(string user)
    {
        await server.ControlAsync("add_user", user, user);
        await server.ControlAsync("set_permissions", "--vhost", _vhost, user, ".*", ".*", ".*");
        return user;
    }

    private async Task PublishLetterAsync(string id, params (string Name, object Value)[] others)
    {
        var headers = new Dictionary<string, object?>
        {
            ["cloudEvents_specversion"] = "1.0",
            ["cloudEvents_id"] = id,
            ["cloudEvents_source"] = "/s",
            ["cloudEvents_type"] = "t",
            ["cn-topic"] = "orders",
            ["cn-group"] = "mail",
        };
        foreach (var (name, value) in others)
        {
            headers[name] = value;
        }

        await _raw.Channel.BasicPublishAsync(
            string.Empty,
            "cn/~dead",
            mandatory: true,
            new BasicProperties { MessageId = id, Headers = headers },
            "{}"u8.ToArray(),
            Cancelled);
    }

    private async Task<IReadOnlyList<DeadLetter>> ListAsync(int count)
    {
        using var enough = new CancellationTokenSource(_patience, TimeProvider.System);
        while (true)
        {
            if (await Letters.ListAsync(new DeadLetterQuery(), enough.Token) is { } letters && letters.Count == count)
            {
                return letters;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, enough.Token);
        }
    }
}
