using System.Text;
using System.Text.Json;
using CloudNative.Eventing;
using CloudNative.RabbitMq.Tests.Support;
using CloudNative.RabbitMq.Transport;
using RabbitMQ.Client;

namespace CloudNative.RabbitMq.Tests.Transport;

public sealed class RabbitMqEventTransportTests(RabbitMqServer server) : IAsyncLifetime
{
    private string _vhost = string.Empty;
    private Raw _raw = null!;
    private RabbitMqEventTransport _transport = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

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
    public async Task Append_NobodyThere_IsKeptAmongTheUnrouted()
    {
        await _transport.AppendAsync([Sample.Event("1")], Cancelled);
        var message = await _raw.TakeAsync("cn/~unrouted");
        Assert.Equal("1", message.BasicProperties.MessageId);
        Assert.True(message.BasicProperties.Persistent);
    }

    [Fact]
    public async Task Append_NowhereToGo_FailsByName()
    {
        await _transport.AppendAsync([Sample.Event("1")], Cancelled);
        await _raw.Channel.ExchangeDeleteAsync("cn/~unrouted", cancellationToken: Cancelled);
        var exception = await Assert.ThrowsAsync<EventTransportException>(
            () => _transport.AppendAsync([Sample.Event("2")], Cancelled).AsTask());
        Assert.StartsWith("CN4306", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Append_ExchangeDeletedUnderUs_FailsOnceAndIsMadeAgain()
    {
        await _transport.AppendAsync([Sample.Event("1")], Cancelled);
        await _raw.Channel.ExchangeDeleteAsync("cn/orders", cancellationToken: Cancelled);
        var exception = await Assert.ThrowsAsync<EventTransportException>(
            () => _transport.AppendAsync([Sample.Event("2")], Cancelled).AsTask());
        Assert.StartsWith("CN4308", exception.Message, StringComparison.Ordinal);
        await _transport.AppendAsync([Sample.Event("3")], Cancelled);
    }

    [Fact]
    public async Task Append_FullQueue_FailsByName()
    {
        await (await _transport.SubscribeAsync(Sample.Spec, new Sink(), Cancelled)).DisposeAsync();
        await server.ControlAsync(
            "set_policy", "--vhost", _vhost, "--apply-to", "queues", "small", "^cn/orders/mail$", """{"max-length":3}""");
        var exception = await Assert.ThrowsAsync<EventTransportException>(async () =>
        {
            for (var number = 0; number < 1_000; number++)
            {
                await _transport.AppendAsync([Sample.Event(number)], Cancelled);
            }
        });
        Assert.StartsWith("CN4304", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Append_HeldBackForTooLong_IsRejected()
    {
        var exception = await Assert.ThrowsAsync<EventRejectedException>(() => _transport.AppendAsync(
            [Sample.Event("1") with { Delay = TimeSpan.FromDays(1_000) }], Cancelled).AsTask());
        Assert.StartsWith("CN4310", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task DeadLetter_Given_IsInTheStreamWithItsHistory()
    {
        var sink = new Sink();
        await _transport.SubscribeAsync(Sample.Spec, sink, Cancelled);
        await _transport.AppendAsync([Sample.Event("1")], Cancelled);
        await (await sink.NextAsync()).SettleAsync(Settlement.Retry(TimeSpan.Zero, Sample.Failure()), Cancelled);
        await (await sink.NextAsync()).SettleAsync(Settlement.DeadLetter(Sample.Failure(2)), Cancelled);
        var headers = (await _raw.FirstOfStreamAsync("cn/~dead")).BasicProperties.Headers!;
        Assert.Equal("1", Text(headers["cloudEvents_id"]));
        Assert.Equal(("orders", "mail"), (Text(headers["cn-topic"]), Text(headers["cn-group"])));
        var failures = Failures(headers);
        Assert.Equal([1, 2], failures.Select(failure => failure.GetProperty("attempt").GetInt32()));
        Assert.All(failures, failure => Assert.Equal("it failed", failure.GetProperty("detail").GetString()));
    }

    [Fact]
    public async Task Receive_NoEvent_IsKeptAsItCame()
    {
        await _transport.SubscribeAsync(Sample.Spec, new Sink(), Cancelled);
        await PublishAsync(new BasicProperties { ContentType = "text/plain" }, "what is this?");
        var message = await _raw.FirstOfStreamAsync("cn/~dead");
        Assert.Equal("what is this?", Encoding.UTF8.GetString(message.Body.Span));
        Assert.Equal("text/plain", message.BasicProperties.ContentType);
        Assert.Equal("Malformed", Failures(message.BasicProperties.Headers!)[0].GetProperty("reason").GetString());
    }

    [Fact]
    public async Task Receive_MessageOfOthers_TakesIdAndTypeFromIt()
    {
        var sink = new Sink();
        await _transport.SubscribeAsync(Sample.Spec, sink, Cancelled);
        await PublishAsync(
            new BasicProperties { MessageId = "7", Type = "orders.paid", AppId = "billing", ContentType = "application/json" }, "{}");
        var arrived = (await sink.NextAsync()).Event;
        Assert.Equal(("7", "orders.paid", "/rabbitmq/billing"), (arrived.Id, arrived.Type, arrived.Source));
    }

    [Fact]
    public async Task Receive_Structured_IsRead()
    {
        var sink = new Sink();
        await _transport.SubscribeAsync(Sample.Spec, sink, Cancelled);
        await PublishAsync(
            new BasicProperties { ContentType = "application/cloudevents+json; charset=utf-8" },
            """{"specversion":"1.0","id":"8","source":"/s","type":"t","data":{"a":1}}""");
        var arrived = (await sink.NextAsync()).Event;
        Assert.Equal(("8", """{"a":1}"""), (arrived.Id, Encoding.UTF8.GetString(arrived.Data.Span)));
    }

    [Fact]
    public async Task Receive_OtherPrefixOfTheBinding_IsRead()
    {
        var sink = new Sink();
        await _transport.SubscribeAsync(Sample.Spec, sink, Cancelled);
        var headers = new Dictionary<string, object?>
        {
            ["cloudEvents:specversion"] = "1.0",
            ["cloudEvents:id"] = "9",
            ["cloudEvents:source"] = "/s",
            ["cloudEvents:type"] = "t",
            ["cloudEvents:count"] = 5,
        };
        await PublishAsync(new BasicProperties { Headers = headers }, "{}");
        var arrived = (await sink.NextAsync()).Event;
        Assert.Equal(("9", (object)5), (arrived.Id, arrived.Extensions!["count"]));
    }

    [Fact]
    public async Task Receive_ProcessDiesEachTime_IsGivenUp()
    {
        await (await _transport.SubscribeAsync(Sample.Spec, new Sink(), Cancelled)).DisposeAsync();
        await _transport.AppendAsync([Sample.Event("poison")], Cancelled);
        for (var attempt = 1; attempt <= 3; attempt++)
        {
            await using var gate = new TcpGate(server.Port);
            await using var dying = Transports.Create(server.Address(_vhost, port: gate.Port));
            var sink = new Sink();
            await dying.SubscribeAsync(Sample.Spec with { MaxAttempts = 3 }, sink, Cancelled);
            Assert.Equal(attempt, (await sink.NextAsync()).Attempt);
            gate.Cut();
        }

        await _transport.SubscribeAsync(Sample.Spec with { MaxAttempts = 3 }, new Sink(), Cancelled);
        var message = await _raw.FirstOfStreamAsync("cn/~dead");
        var failure = Failures(message.BasicProperties.Headers!)[0];
        Assert.Equal(
            ("ProcessDied", 3), (failure.GetProperty("reason").GetString(), failure.GetProperty("attempt").GetInt32()));
    }

    [Fact]
    public async Task Backlog_OfThisProcess_CountsWaitingAndHeld()
    {
        var sink = new Sink();
        var subscription = await _transport.SubscribeAsync(Sample.Spec with { MaxInFlight = 2 }, sink, Cancelled);
        await _transport.AppendAsync([.. Enumerable.Range(0, 5).Select(number => Sample.Event(number))], Cancelled);
        await sink.NextAsync();
        await sink.NextAsync();
        Assert.Equal(5, (await subscription.GetBacklogAsync(Cancelled)).Waiting);
    }

    private static List<JsonElement> Failures(IDictionary<string, object?> headers) =>
        [.. JsonDocument.Parse(Text(headers["cn-failures"])).RootElement.EnumerateArray()];

    private static string Text(object? value) => Encoding.UTF8.GetString(Assert.IsType<byte[]>(value));

    private async Task PublishAsync(BasicProperties properties, string body) => await _raw.Channel.BasicPublishAsync(
        "cn/orders", "anything", mandatory: true, properties, Encoding.UTF8.GetBytes(body), Cancelled);
}
