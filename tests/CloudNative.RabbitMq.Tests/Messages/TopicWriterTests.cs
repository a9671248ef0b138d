using System.Text;
using CloudNative.Eventing;
using CloudNative.RabbitMq.Tests.Support;
using RabbitMQ.Client;

namespace CloudNative.RabbitMq.Tests.Messages;

/// <summary>What is on the wire in the formats that others read.</summary>
public sealed class TopicWriterTests(RabbitMqServer server)
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Structured_IsOneDocument_AndIsReadAgain()
    {
        var (message, read) = await SendAsync(RabbitMqFormat.StructuredCloudEvents);
        Assert.Equal("application/cloudevents+json; charset=utf-8", message.BasicProperties.ContentType);
        Assert.DoesNotContain(message.BasicProperties.Headers!.Keys, name => name.StartsWith("cloudEvents", StringComparison.Ordinal));
        var text = Encoding.UTF8.GetString(message.Body.Span);
        Assert.Contains("\"specversion\":\"1.0\"", text, StringComparison.Ordinal);
        Assert.Contains("\"id\":\"1\"", text, StringComparison.Ordinal);
        Assert.Equal(("1", "orders.placed.v1", "k", "{}"), (read.Id, read.Type, read.Key, Encoding.UTF8.GetString(read.Data.Span)));
    }

    [Fact]
    public async Task Json_IsTheDataAlone_AndIsReadAgain()
    {
        var (message, read) = await SendAsync(RabbitMqFormat.Json);
        var properties = message.BasicProperties;
        Assert.Equal("{}", Encoding.UTF8.GetString(message.Body.Span));
        Assert.Equal(("application/json", "1", "orders.placed.v1"), (properties.ContentType, properties.MessageId, properties.Type));
        Assert.DoesNotContain(properties.Headers!.Keys, name => name.StartsWith("cloudEvents", StringComparison.Ordinal));
        Assert.Equal(
            ("1", "orders.placed.v1", "k", "/rabbitmq/tests", "00-1aa026fa0b23ec4c5b33b70e30aacbff-35880033b773ac19-01"),
            (read.Id, read.Type, read.Key, read.Source, read.TraceParent));
    }

    [Fact]
    public async Task Json_LongId_IsRejected()
    {
        await using var transport = Create(server.Address(await server.CreateVhostAsync()), RabbitMqFormat.Json);
        var exception = await Assert.ThrowsAsync<EventRejectedException>(
            () => transport.AppendAsync([Sample.Event(new string('i', 300))], Cancelled).AsTask());
        Assert.StartsWith("CN4310", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("application/json", true)]
    [InlineData("application/vnd.shop+json; charset=utf-8", true)]
    [InlineData(null, true)]
    [InlineData("text/plain", false)]
    public async Task Receive_DataAlone_IsTheTypeThatIsSet(string? contentType, bool isTaken)
    {
        var address = server.Address(await server.CreateVhostAsync());
        var options = new RabbitMqOptions { Topics = { ["orders"] = new RabbitMqTopicOptions { EventType = "orders.placed.v1" } } };
        await using var transport = Transports.Create(address, options);
        await using var raw = await Raw.ConnectAsync(address);
        var sink = new Sink();
        await transport.SubscribeAsync(Sample.Spec, sink, Cancelled);
        var properties = contentType is null ? new BasicProperties() : new BasicProperties { ContentType = contentType };
        await raw.Channel.BasicPublishAsync("cn/orders", "anything", mandatory: true, properties, "{}"u8.ToArray(), Cancelled);
        if (!isTaken)
        {
            Assert.Equal("{}", Encoding.UTF8.GetString((await raw.FirstOfStreamAsync("cn/~dead")).Body.Span));
            return;
        }

        var arrived = (await sink.NextAsync()).Event;
        Assert.Equal(("orders.placed.v1", "{}"), (arrived.Type, Encoding.UTF8.GetString(arrived.Data.Span)));
        Assert.True(Guid.TryParse(arrived.Id, out _));
    }

    private static RabbitMq.Transport.RabbitMqEventTransport Create(Uri address, RabbitMqFormat format) => Transports.Create(
        address, new RabbitMqOptions { Topics = { ["orders"] = new RabbitMqTopicOptions { Format = format } } });

    private async Task<(BasicGetResult Message, EventEnvelope Read)> SendAsync(RabbitMqFormat format)
    {
        var address = server.Address(await server.CreateVhostAsync());
        await using var transport = Create(address, format);
        await using var raw = await Raw.ConnectAsync(address);
        var sink = new Sink();
        await transport.SubscribeAsync(Sample.Spec, sink, Cancelled);
        await raw.Channel.QueueDeclareAsync("theirs", durable: true, exclusive: false, autoDelete: false, cancellationToken: Cancelled);
        await raw.Channel.QueueBindAsync("theirs", "cn/orders", "#", cancellationToken: Cancelled);
        await transport.AppendAsync(
            [
                new OutgoingEvent("orders", new EventEnvelope
                {
                    Id = "1",
                    Source = "/services/tests",
                    Type = "orders.placed.v1",
                    Key = "k",
                    TraceParent = "00-1aa026fa0b23ec4c5b33b70e30aacbff-35880033b773ac19-01",
                    Data = "{}"u8.ToArray(),
                }),
            ],
            Cancelled);
        return (await raw.TakeAsync("theirs"), (await sink.NextAsync()).Event);
    }
}
