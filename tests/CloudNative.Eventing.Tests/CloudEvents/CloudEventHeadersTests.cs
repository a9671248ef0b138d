using System.Text;
using CloudNative.Eventing.CloudEvents;

namespace CloudNative.Eventing.Tests.CloudEvents;

public sealed class CloudEventHeadersTests
{
    private readonly CloudEventFormat _format = new();

    [Theory]
    [InlineData("application/json")]
    [InlineData("application/json; charset=utf-8")]
    public void ReadMessage_Binary_TakesHeadersAndBody(string contentType)
    {
        var value = Assert.Single(_format.ReadMessage(
            [
                new("CE-Id", "7"), new("ce-Source", "/tills/3"), new("ce-type", "shop.sale.v1"), new("ce-specversion", "1.0"),
                new("ce-time", "2024-02-29T12:00:00Z"), new("ce-subject", "Zo%c3%ab"), new("ce-amount", "12"),
                new("content-type", contentType), new("content-length", "7"), new("x-other", "%"),
            ],
            Encoding.UTF8.GetBytes("""{"a":1}""")));

        Assert.Equal(
            $"7|/tills/3|shop.sale.v1|Zoë|2024-02-29T12:00:00.0000000+00:00|{contentType}|-|-|-|-|amount=String:12|7B2261223A317D",
            Cases.Describe(value));
    }

    [Theory]
    [InlineData("application/cloudevents+json")]
    [InlineData("Application/CloudEvents+JSON; charset=utf-8")]
    public void ReadMessage_Structured_TakesTheBody(string contentType)
    {
        var body = Encoding.UTF8.GetBytes(Cases.With("\"data\":1"));

        Assert.Equal("7", Assert.Single(_format.ReadMessage([new("Content-Type", contentType), new("ce-id", "8")], body)).Id);
    }

    [Fact]
    public void ReadMessage_Batch_TakesThemAll()
    {
        var body = Encoding.UTF8.GetBytes($"[{Cases.With("\"a\":1")},{Cases.With("\"a\":2")}]");

        Assert.Equal(2, _format.ReadMessage([new("Content-Type", "application/cloudevents-batch+json")], body).Count);
    }

    [Theory]
    [InlineData("Content-Type", "application/cloudevents+avro", "not JSON")]
    [InlineData("Content-Type", "application/cloudevents", "not JSON")]
    [InlineData("Content-Type", "json", "'datacontenttype'")]
    [InlineData("ce-datacontenttype", "text/plain", "ce-datacontenttype")]
    [InlineData("ce-data", "7", "ce-data")]
    [InlineData("CE-ID", "8", "'id' is there twice")]
    [InlineData("ce-my-name", "7", "lower-case letters")]
    [InlineData("ce-", "7", "lower-case letters")]
    [InlineData("ce-nämlich", "7", "other characters")]
    [InlineData("ce-subject", "%C0%A0", "percent-encoded")]
    [InlineData("ce-subject", "%00", "control character")]
    [InlineData("ce-subject", "", "'subject' is empty")]
    [InlineData("ce-time", "now", "'time'")]
    public void ReadMessage_BrokenRule_IsRefused(string name, string value, string reason)
    {
        KeyValuePair<string, string>[] headers =
            [new("ce-id", "7"), new("ce-source", "/a"), new("ce-type", "b"), new("ce-specversion", "1.0"), new(name, value)];

        var refusal = Assert.Throws<MalformedEventException>(() => _format.ReadMessage(headers, default));
        Assert.Contains(reason, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ReadMessage_PlainRequest_IsNoEvent() => Assert.Throws<MalformedEventException>(
        () => _format.ReadMessage([new("Content-Type", "application/json")], "{}"u8.ToArray()));

    [Fact]
    public void WriteHeaders_ImpliedJson_IsSaid()
    {
        var headers = new Dictionary<string, string>();
        _format.WriteHeaders(new() { Id = "a b", Source = "/a", Type = "b", Data = "1"u8.ToArray() }, headers);

        Assert.Equal(("application/json", "a%20b", "1.0"), (headers["Content-Type"], headers["ce-id"], headers["ce-specversion"]));
    }
}
