using System.Text;
using System.Text.Json.Serialization;
using CloudNative.Eventing.Publishing;
using CloudNative.Eventing.Tests.Fakes;
using Microsoft.Extensions.DependencyInjection;

namespace CloudNative.Eventing.Tests.Publishing;

public sealed partial class EventPublisherTests
{
    [Fact]
    public async Task Publish_PlainEvent_HasNameSourceIdAndTime()
    {
        await using var host = EventHost.Build();

        await PublishAsync(host, new OrderPlaced("17", 3));

        var outgoing = Assert.Single(host.Transport.Appended);
        Assert.Equal("orders", outgoing.Topic);
        Assert.Equal("orders.placed.v1", outgoing.Event.Type);
        Assert.Equal("/services/tests", outgoing.Event.Source);
        Assert.Equal(7, Guid.Parse(outgoing.Event.Id).Version);
        Assert.NotNull(outgoing.Event.Time);
        Assert.Equal("""{"order":"17","amount":3}""", Encoding.UTF8.GetString(outgoing.Event.Data.Span));
    }

    [Fact]
    public async Task Publish_WithOptions_SaysWhatTheySay()
    {
        await using var host = EventHost.Build();
        var time = new DateTimeOffset(1970, 1, 1, 0, 0, 0, TimeSpan.Zero);

        await PublishAsync(host, new OrderCancelled("17"), new PublishOptions
        {
            Topic = "audit",
            Id = "x 1",
            Key = "17",
            Subject = "ü",
            Time = time,
            Delay = TimeSpan.FromHours(1),
            Extensions = new Dictionary<string, object> { ["tenant"] = "a", ["retries"] = 3, ["test"] = true, ["empty"] = "" },
        });

        var (topic, envelope, delay) = Assert.Single(host.Transport.Appended);
        Assert.Equal(("audit", TimeSpan.FromHours(1)), (topic, delay));
        Assert.Equal(("x 1", "17", "ü", time), (envelope.Id, envelope.Key, envelope.Subject, envelope.Time));
        Assert.Equal("orders.cancelled.v2", envelope.Type);
        Assert.Equal(3, envelope.Extensions!["retries"]);
    }

    [Fact]
    public async Task Publish_DeclaredAsObject_GoesByItsOwnType()
    {
        await using var host = EventHost.Build();

        await PublishAsync<object>(host, new OrderPlaced("17"));

        Assert.Equal("orders.placed.v1", Assert.Single(host.Transport.Appended).Event.Type);
    }

    [Fact]
    public async Task PublishBatch_SeveralEvents_IsOneAppendInOrder()
    {
        await using var host = EventHost.Build();

        await host.Publisher.PublishBatchAsync<OrderPlaced>(
            [new("1"), new("2")], new PublishOptions { Key = "k" }, TestContext.Current.CancellationToken);
        await host.Publisher.PublishBatchAsync<OrderPlaced>([], options: null, TestContext.Current.CancellationToken);

        Assert.Equal(["""{"order":"1","amount":1}""", """{"order":"2","amount":1}"""],
            host.Transport.Appended.Select(outgoing => Encoding.UTF8.GetString(outgoing.Event.Data.Span)));
        Assert.Equal(2, host.Transport.Appended.Select(outgoing => outgoing.Event.Id).Distinct().Count());
    }

    [Fact]
    public async Task PublishBatch_WithAnId_IsRefused()
    {
        await using var host = EventHost.Build();

        await Assert.ThrowsAsync<ArgumentException>(async () => await host.Publisher.PublishBatchAsync(
            [new OrderPlaced("1")], new PublishOptions { Id = "1" }, TestContext.Current.CancellationToken));
    }

    public static TheoryData<string, PublishOptions> BadOptions => new()
    {
        { "CN9005 ", new PublishOptions { Id = "" } },
        { "CN9005 ", new PublishOptions { Id = "a\u0000b" } },
        { "CN9005 ", new PublishOptions { Key = "\ud800" } },
        { "CN9005 ", new PublishOptions { Key = "" } },
        { "CN9005 ", new PublishOptions { Subject = "a\nb" } },
        { "CN9005 ", new PublishOptions { Subject = "\u0085" } },
        { "CN9005 ", new PublishOptions { Delay = TimeSpan.FromTicks(-1) } },
        { "CN9014 ", new PublishOptions { Topic = "" } },
        { "CN9014 ", new PublishOptions { Topic = "no topic" } },
        { "CN9005 ", Extension("Tenant", "a") },
        { "CN9005 ", Extension("", "a") },
        { "CN9005 ", Extension("my-name", "a") },
        { "CN9005 ", Extension("source", "a") },
        { "CN9005 ", Extension("data", "a") },
        { "CN9005 ", Extension("tenant", 1.5) },
        { "CN9005 ", Extension("tenant", "\udfff") },
    };

    [Theory]
    [MemberData(nameof(BadOptions))]
    public async Task Publish_BadAttribute_IsRejected(string id, PublishOptions options)
    {
        await using var host = EventHost.Build();

        var exception = await RejectedAsync(host, new OrderPlaced("17"), options);

        Assert.StartsWith(id, exception.Message, StringComparison.Ordinal);
        Assert.Empty(host.Transport.Appended);
    }

    [Fact]
    public async Task Publish_SurrogatePairInKey_IsAllowed()
    {
        await using var host = EventHost.Build();

        await PublishAsync(host, new OrderPlaced("17"), new PublishOptions { Key = "😀" });

        Assert.Equal("😀", Assert.Single(host.Transport.Appended).Event.Key);
    }

    [Fact]
    public async Task Publish_NoAttribute_IsRejected()
    {
        await using var host = EventHost.Build();

        Assert.StartsWith("CN9002 ", (await RejectedAsync(host, "text")).Message, StringComparison.Ordinal);
        Assert.StartsWith("CN9002 ", (await RejectedAsync(host, new BadlyNamed())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Publish_CannotBeWritten_IsRejected()
    {
        await using var host = EventHost.Build();
        var cycle = new Cycle();
        cycle.Next = cycle;

        Assert.StartsWith("CN9003 ", (await RejectedAsync(host, cycle)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Publish_DelayOnATransportThatCannot_IsRejected()
    {
        await using var host = EventHost.Build();
        host.Transport.Capabilities = TransportCapabilities.None;

        var exception = await RejectedAsync(host, new OrderPlaced("17"), new PublishOptions { Delay = TimeSpan.FromSeconds(1) });

        Assert.StartsWith("CN9006 ", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(1, false)]
    public async Task Publish_AtTheSizeLimit_IsTakenOrRejected(int over, bool isTaken)
    {
        await using var host = EventHost.Build();
        var factory = host.Services.GetRequiredService<EnvelopeFactory>();
        var envelope = factory.Create(new OrderPlaced(new string('ü', 500)), options: null).Event;
        host.Transport.MaxEventSize = (int)EnvelopeSize.Of(envelope) - over;

        var publish = PublishAsync(host, new OrderPlaced(new string('ü', 500)));

        if (isTaken)
        {
            await publish;
        }
        else
        {
            var exception = await Assert.ThrowsAsync<EventRejectedException>(() => publish);
            Assert.StartsWith("CN9004 ", exception.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Publish_TransportFails_Throws()
    {
        await using var host = EventHost.Build();
        host.Transport.AppendFailure = new EventTransportException("The disk is full.");

        await Assert.ThrowsAsync<EventTransportException>(() => PublishAsync(host, new OrderPlaced("17")));
    }

    [Fact]
    public async Task AddJsonContext_OfTheType_WritesByIt()
    {
        await using var host = EventHost.Build(events: events => events.AddJsonContext(Context.Default).AddJsonContext(Context.Default));

        await PublishAsync(host, new Renamed("17"));

        Assert.Equal("""{"n":"17"}""", Encoding.UTF8.GetString(Assert.Single(host.Transport.Appended).Event.Data.Span));
    }

    private static PublishOptions Extension(string name, object value) =>
        new() { Extensions = new Dictionary<string, object> { [name] = value } };

    private static Task PublishAsync<T>(EventHost host, T data, PublishOptions? options = null) =>
        host.Publisher.PublishAsync(data, options, TestContext.Current.CancellationToken).AsTask();

    private static Task<EventRejectedException> RejectedAsync<T>(EventHost host, T data, PublishOptions? options = null) =>
        Assert.ThrowsAsync<EventRejectedException>(async () =>
            await host.Publisher.PublishAsync(data, options, TestContext.Current.CancellationToken));

    [Event("has spaces")]
    internal sealed record BadlyNamed;

    [Event("tests.cycle")]
    internal sealed class Cycle
    {
        public Cycle? Next { get; set; }
    }

    [Event("tests.renamed")]
    internal sealed record Renamed([property: JsonPropertyName("n")] string Name);

    [JsonSerializable(typeof(Renamed))]
    private sealed partial class Context : JsonSerializerContext;
}
