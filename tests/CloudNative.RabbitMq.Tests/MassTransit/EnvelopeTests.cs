using System.Text;
using System.Text.Json;
using CloudNative.Eventing;
using CloudNative.RabbitMq.Tests.Support;
using CloudNative.RabbitMq.Transport;
using RabbitMQ.Client;

namespace CloudNative.RabbitMq.Tests.MassTransit;

/// <summary>Envelopes as they come, good and bad, and how they are written.</summary>
public sealed class EnvelopeTests(RabbitMqServer server) : IAsyncLifetime
{
    private const string Json = "application/vnd.masstransit+json";
    private const string Good = """
        {
          "messageId": "904c0000-f468-64bc-fe9e-08df4eae6566",
          "conversationId": "904c0000-f468-64bc-b0e7-08df4eae656a",
          "sourceAddress": "rabbitmq://broker/shop/orders",
          "messageType": ["urn:message:Shop.Contracts:RushOrderPlaced", "urn:message:Shop.Contracts:OrderPlaced"],
          "message": { "order": "1", "total": "3.5" },
          "sentTime": "2026-01-02T03:04:05.5Z",
          "headers": { "Tenant-Id": "north", "urgent": true, "MT-Activity-Id": "00-1aa026fa0b23ec4c5b33b70e30aacbff-35880033b773ac19-01" },
          "host": { "machineName": "a" }
        }
        """;

    private string _vhost = string.Empty;
    private Raw _raw = null!;
    private RabbitMqEventTransport _transport = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _vhost = await server.CreateVhostAsync();
        _raw = await Raw.ConnectAsync(server.Address(_vhost));
        _transport = Transports.Create(server.Address(_vhost), Options());
    }

    public async ValueTask DisposeAsync()
    {
        await _transport.DisposeAsync();
        await _raw.DisposeAsync();
    }

    [Fact]
    public async Task Receive_Envelope_BecomesAnEvent()
    {
        var sink = new Sink();
        await _transport.SubscribeAsync(Sample.Spec, sink, Cancelled);
        await PublishAsync(Good);
        var arrived = (await sink.NextAsync()).Event;
        Assert.Equal("904c0000-f468-64bc-fe9e-08df4eae6566", arrived.Id);
        Assert.Equal(("rabbitmq://broker/shop/orders", "orders.placed.v1"), (arrived.Source, arrived.Type));
        Assert.Equal("""{ "order": "1", "total": "3.5" }""", Encoding.UTF8.GetString(arrived.Data.Span));
        Assert.Equal(new DateTimeOffset(2026, 1, 2, 3, 4, 5, 500, TimeSpan.Zero), arrived.Time);
        Assert.Equal("00-1aa026fa0b23ec4c5b33b70e30aacbff-35880033b773ac19-01", arrived.TraceParent);
        Assert.Equal(("north", true), (arrived.Extensions!["tenantid"], arrived.Extensions["urgent"]));
        Assert.Equal("904c0000-f468-64bc-b0e7-08df4eae656a", arrived.Extensions["conversationid"]);
        Assert.Equal(3, arrived.Extensions.Count);
    }

    [Fact]
    public async Task Receive_EnvelopeThatFails_IsRetriedAndBuriedWithItsId()
    {
        var sink = new Sink();
        await _transport.SubscribeAsync(Sample.Spec, sink, Cancelled);
        await PublishAsync(Good);
        await (await sink.NextAsync()).SettleAsync(Settlement.Retry(TimeSpan.Zero, Sample.Failure()), Cancelled);
        var again = await sink.NextAsync();
        Assert.Equal((2, "904c0000-f468-64bc-fe9e-08df4eae6566", "orders.placed.v1"), (again.Attempt, again.Event.Id, again.Event.Type));
        await again.SettleAsync(Settlement.DeadLetter(Sample.Failure(2)), Cancelled);
        var dead = await _raw.FirstOfStreamAsync("cn/~dead");
        Assert.Equal("""{ "order": "1", "total": "3.5" }""", Encoding.UTF8.GetString(dead.Body.Span));
    }

    [Theory]
    [InlineData(Json, "what is this?", "wrong or breaks off at byte 0")]
    [InlineData(Json, "[]", "no JSON object")]
    [InlineData(Json, """{"messageId":"904c0000-f468-64bc-fe9e-08df4eae6566","message":{"a":""", "breaks off")]
    [InlineData(Json, """{"messageId":"904c0000-f468-64bc-fe9e-08df4eae6566","messageType":["urn:message:A:B"]}""", "no 'message'")]
    [InlineData(Json, """{"messageId":"904c0000-f468-64bc-fe9e-08df4eae6566","message":{}}""", "no 'messageType'")]
    [InlineData(Json, """{"messageId":"1","messageType":["urn:message:A:B"],"message":{}}""", "'messageId' (1) is no UUID")]
    [InlineData(Json, """{"messageType":["urn:message:A:B"],"message":{}}""", "'messageId' (none) is no UUID")]
    [InlineData(Json, """{"sourceAddress":"\ud800"}""", "no UTF-8")]
    [InlineData("application/vnd.masstransit+bson", "x", "'application/vnd.masstransit+bson' cannot be read")]
    public async Task Receive_Nonsense_IsADeadLetterThatNamesTheCause(string type, string body, string cause)
    {
        await _transport.SubscribeAsync(Sample.Spec, new Sink(), Cancelled);
        await PublishAsync(body, type);
        var dead = await _raw.FirstOfStreamAsync("cn/~dead");
        Assert.Equal((body, type), (Encoding.UTF8.GetString(dead.Body.Span), dead.BasicProperties.ContentType));
        using var failures = JsonDocument.Parse((byte[])dead.BasicProperties.Headers!["cn-failures"]!);
        var failure = failures.RootElement[0];
        Assert.Equal("Malformed", failure.GetProperty("reason").GetString());
        var detail = failure.GetProperty("detail").GetString();
        Assert.StartsWith("CN4311", detail, StringComparison.Ordinal);
        Assert.Contains(cause, detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Receive_TypeThatIsNotSet_KeepsItsName()
    {
        var sink = new Sink();
        await _transport.SubscribeAsync(Sample.Spec, sink, Cancelled);
        await PublishAsync(Good.Replace("OrderPlaced", "OrderPaid", StringComparison.Ordinal));
        Assert.Equal("Shop.Contracts:RushOrderPaid", (await sink.NextAsync()).Event.Type);
    }

    [Fact]
    public async Task Ordered_BothSides_EachOnceAndKeysInOrder()
    {
        var sink = new Sink();
        await _transport.SubscribeAsync(Sample.Ordered, sink, Cancelled);
        await PublishAsync(Good);
        await _transport.AppendAsync([.. Enumerable.Range(0, 5).Select(number => Sample.Event(number, "k"))], Cancelled);
        var (ids, keys) = (new List<string>(), new List<string>());
        for (var count = 0; count < 6; count++)
        {
            var delivery = await sink.NextAsync();
            (delivery.Event.Key is null ? keys : ids).Add(delivery.Event.Id);
            await delivery.SettleAsync(Settlement.Complete(), Cancelled);
        }

        Assert.Equal(["0", "1", "2", "3", "4"], ids);
        Assert.Equal(["904c0000-f468-64bc-fe9e-08df4eae6566"], keys);
        Assert.False(sink.TryNext(out _));
    }

    [Fact]
    public async Task Append_IdThatIsNoUuid_IsWrittenAsOneAndReadAsItWas()
    {
        var sink = new Sink();
        await _transport.SubscribeAsync(Sample.Spec, sink, Cancelled);
        await _raw.Channel.QueueDeclareAsync("theirs", durable: true, exclusive: false, autoDelete: false, cancellationToken: Cancelled);
        await _raw.Channel.QueueBindAsync("theirs", "Shop.Contracts:OrderPlaced", string.Empty, cancellationToken: Cancelled);
        await _transport.AppendAsync([Sample.Event("seven"), Sample.Event("seven")], Cancelled);
        var first = await _raw.TakeAsync("theirs");
        var second = await _raw.TakeAsync("theirs");
        Assert.Equal("seven", (await sink.NextAsync()).Event.Id);
        Assert.True(Guid.TryParse(first.BasicProperties.MessageId, out _));
        Assert.Equal(first.BasicProperties.MessageId, second.BasicProperties.MessageId);
    }

    [Theory]
    [InlineData("orders.paid.v1", "{}", "Topics:orders:MassTransit:orders.paid.v1:MessageType")]
    [InlineData("orders.placed.v1", "5", "no JSON object")]
    [InlineData("orders.placed.v1", "{", "no JSON object")]
    public async Task Append_WhatCannotBeWritten_IsRejectedAndNothingIsSent(string type, string data, string cause)
    {
        var sink = new Sink();
        await _transport.SubscribeAsync(Sample.Spec, sink, Cancelled);
        var bad = new OutgoingEvent(
            "orders", new EventEnvelope { Id = "2", Source = "/s", Type = type, Data = Encoding.UTF8.GetBytes(data) });
        var exception = await Assert.ThrowsAsync<EventRejectedException>(
            () => _transport.AppendAsync([Sample.Event("1"), bad], Cancelled).AsTask());
        Assert.StartsWith("CN4310", exception.Message, StringComparison.Ordinal);
        Assert.Contains(cause, exception.Message, StringComparison.Ordinal);
        await _transport.AppendAsync([Sample.Event("3")], Cancelled);
        Assert.Equal("3", (await sink.NextAsync()).Event.Id);
    }

    [Fact]
    public async Task Subscribe_ExchangeIsOfAnotherKind_FailsByName()
    {
        await _raw.Channel.ExchangeDeclareAsync("Shop.Contracts:OrderPlaced", "direct", durable: true, cancellationToken: Cancelled);
        var exception = await Assert.ThrowsAsync<EventTransportException>(
            () => _transport.SubscribeAsync(Sample.Spec, new Sink(), Cancelled).AsTask());
        Assert.StartsWith("CN4307", exception.Message, StringComparison.Ordinal);
        Assert.Contains("durable fanout", exception.Message, StringComparison.Ordinal);
    }

    private static RabbitMqOptions Options() => new()
    {
        Topics =
        {
            ["orders"] = new RabbitMqTopicOptions
            {
                Format = RabbitMqFormat.MassTransit,
                MassTransit = { ["orders.placed.v1"] = new MassTransitMessageOptions { MessageType = "Shop.Contracts:OrderPlaced" } },
            },
        },
    };

    private async Task PublishAsync(string body, string type = Json) => await _raw.Channel.BasicPublishAsync(
        "Shop.Contracts:OrderPlaced",
        string.Empty,
        mandatory: true,
        new BasicProperties { ContentType = type },
        Encoding.UTF8.GetBytes(body),
        Cancelled);
}
