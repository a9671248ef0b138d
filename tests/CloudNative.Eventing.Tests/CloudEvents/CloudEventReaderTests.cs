using System.Text;
using CloudNative.Eventing.CloudEvents;

namespace CloudNative.Eventing.Tests.CloudEvents;

public sealed class CloudEventReaderTests
{
    [Theory]
    [InlineData("""{"b" : [1, 2.50 , {"c":null}],  "b":"twice, and none of our business"}""")]
    [InlineData("null")]
    [InlineData("-0.0e+5")]
    [InlineData("\"a string \\u0041\"")]
    [InlineData("\"\\ud800\"")]
    [InlineData("[]")]
    public void Read_JsonData_KeepsItsBytes(string data)
    {
        Assert.Equal(data, Cases.Text(Cases.Read(Cases.With($"\"data\" : {data} "))));
        Assert.Equal(
            data, Cases.Text(Cases.Read(Cases.With($"\"data\":{data},\"datacontenttype\":\"application/vnd.a+json;v=1\""))));
    }

    [Fact]
    public void Read_JsonData_IsAPartOfTheDocument()
    {
        var document = Encoding.UTF8.GetBytes(Cases.With("""  "data":{"a":1} """));
        var data = CloudEventReader.Read(document).Data;

        Assert.True(document.AsSpan().Overlaps(data.Span));
    }

    [Theory]
    [InlineData("text/plain", "\"a\\n\\u00e4\\ud83d\\uded2\"", "a\nä🛒")]
    [InlineData("application/xml", "\"<a/>\"", "<a/>")]
    [InlineData("text/plain", "\"\"", "")]
    public void Read_TextData_IsTheText(string type, string data, string expected) =>
        Assert.Equal(expected, Cases.Text(Cases.Read(Cases.With($"\"data\":{data},\"datacontenttype\":\"{type}\""))));

    [Fact]
    public void Read_Base64_IsTheBytes() => Assert.Equal(
        new byte[] { 0, 255, 16 }, Cases.Read(Cases.With("\"data_base64\":\"AP8Q\",\"datacontenttype\":\"a/b\"")).Data.ToArray());

    [Fact]
    public void Read_OwnExtensions_AreProperties()
    {
        var value = Cases.Read(Cases.With("\"partitionkey\":\"k\",\"traceparent\":\"00-1-2-01\",\"tracestate\":\"a=b\",\"other\":\"\""));

        Assert.Equal(("k", "00-1-2-01", "a=b"), (value.Key, value.TraceParent, value.TraceState));
        Assert.Equal([new("other", "")], value.Extensions);
    }

    [Theory]
    [InlineData("\"\\u0073ubject\":\"escaped name\"", "escaped name")]
    [InlineData("\"subject\":\"\\u00e4\"", "ä")]
    public void Read_Escapes_AreSeenThrough(string members, string subject) =>
        Assert.Equal(subject, Cases.Read(Cases.With(members)).Subject);

    [Theory]
    [InlineData("\"id\":\"8\"", "'id' is there twice")]
    [InlineData("\"\\u0069d\":\"8\"", "'id' is there twice")]
    [InlineData("\"subject\":null,\"subject\":\"a\"", "'subject' is there twice")]
    [InlineData("\"a\":1,\"a\":1", "'a' is there twice")]
    [InlineData("\"a\":null,\"a\":1", "'a' is there twice")]
    [InlineData("\"a\":1,\"a\":null", "'a' is there twice")]
    [InlineData("\"data\":1,\"data\":1", "'data' is there twice")]
    [InlineData("\"data\":null,\"data_base64\":\"\"", "both")]
    [InlineData("\"data_base64\":\"a\"", "base64")]
    [InlineData("\"data_base64\":\"AP8\"", "base64")]
    [InlineData("\"data_base64\":7", "base64")]
    [InlineData("\"data_base64\":null", "base64")]
    [InlineData("\"data\":{},\"datacontenttype\":\"text/plain\"", "no JSON string")]
    [InlineData("\"data\":\"\\ud800\",\"datacontenttype\":\"text/plain\"", "surrogate")]
    [InlineData("\"subject\":\"\\ud800\"", "surrogate")]
    [InlineData("\"subject\":\"\\udc00\\ud800\"", "surrogate")]
    [InlineData("\"subject\":\"a\\u0000\"", "control character")]
    [InlineData("\"subject\":\"\\u0085\"", "control character")]
    [InlineData("\"subject\":\"\\ufdd0\"", "noncharacter")]
    [InlineData("\"subject\":\"\\uffff\"", "noncharacter")]
    [InlineData("\"subject\":\"\\ud83f\\udffe\"", "noncharacter")]
    [InlineData("\"a\":\"\\u001f\"", "control character")]
    [InlineData("\"a\":2147483648", "no integer")]
    [InlineData("\"a\":1.0", "no integer")]
    [InlineData("\"a\":1e3", "no integer")]
    [InlineData("\"a\":[]", "object or array")]
    [InlineData("\"a\":{}", "object or array")]
    [InlineData("\"\":1", "lower-case letters")]
    [InlineData("\"ä\":1", "lower-case letters")]
    [InlineData("\"a_b\":null", "lower-case letters")]
    [InlineData("\"partitionkey\":7", "'partitionkey' is no JSON string")]
    [InlineData("\"partitionkey\":\"\"", "'partitionkey' is empty")]
    [InlineData("\"dataschema\":\"/relative\"", "'dataschema'")]
    [InlineData("\"time\":7", "'time' is no JSON string")]
    [InlineData("\"time\":\"\\ud800\"", "surrogate")]
    [InlineData("\"time\":\"0000-01-01T00:00:00Z\"", "'time'")]
    [InlineData("\"a\":1,", "no JSON")]
    [InlineData("\"a\":1} {", "no JSON")]
    [InlineData("\"a\":1/* b */", "no JSON")]
    [InlineData("\"a\":01", "no JSON")]
    [InlineData("\"a\":NaN", "no JSON")]
    public void Read_BrokenRule_IsRefused(string members, string reason) => AssertRefused(Cases.With(members), reason);

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("7")]
    [InlineData("\"{}\"")]
    public void Read_NoObject_IsRefused(string json) => AssertRefused(json, "the document is no JSON");

    [Fact]
    public void Read_NotUtf8_IsRefusedEvenWithinData()
    {
        var document = Encoding.UTF8.GetBytes(Cases.With("\"data\":\"~\""));
        document[document.AsSpan().IndexOf((byte)'~')] = 0xFF;

        Assert.Throws<MalformedEventException>(() => CloudEventReader.Read(document));
    }

    [Theory]
    [InlineData(CloudEventLimits.DataDepth, true)]
    [InlineData(1_000_000, false)]
    public void Read_DeepData_IsTakenToTheLimit(int depth, bool isTaken)
    {
        var document = Cases.With($"\"data\":{new string('[', depth)}{new string(']', depth)}");

        Assert.Equal(isTaken, Record.Exception(() => Cases.Read(document)) is not MalformedEventException);
        Assert.Equal(isTaken, Record.Exception(() => Cases.ReadBatch($"[{document}]")) is not MalformedEventException);
    }

    [Fact]
    public void Read_MoreExtensionsThanAllowed_IsRefused()
    {
        var members = string.Join(',', Enumerable.Range(0, CloudEventLimits.Extensions + 1).Select(i => $"\"x{i}\":null"));

        AssertRefused(Cases.With(members), "extensions");
    }

    [Theory]
    [InlineData(60_000, null)]
    [InlineData(70_000, "characters")]
    [InlineData(500_000, "characters")]
    public void Read_LongAttributes_AreTakenToTheLimit(int length, string? reason)
    {
        var document = Cases.With($"\"subject\":\"{new string('a', length)}\"");

        if (reason is null)
        {
            Assert.Equal(length, Cases.Read(document).Subject!.Length);
        }
        else
        {
            AssertRefused(document, reason);
        }
    }

    [Fact]
    public void ReadBatch_MoreEventsThanAllowed_IsRefused()
    {
        var batch = $"[{string.Join(',', Enumerable.Repeat(Cases.With("\"a\":1"), CloudEventLimits.BatchEvents + 1))}]";

        var refusal = Assert.Throws<MalformedEventException>(() => Cases.ReadBatch(batch));
        Assert.Contains("more than 10000 events", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_AnyCutOffDocument_IsRefused()
    {
        var document = Encoding.UTF8.GetBytes(Cases.With("\"time\":\"2024-02-29T12:00:00Z\",\"a\":true,\"data\":{\"b\":[1,\"ä\"]}"));

        for (var length = 0; length < document.Length; length++)
        {
            Assert.Throws<MalformedEventException>(() => CloudEventReader.Read(document.AsMemory(0, length)));
        }
    }

    private static void AssertRefused(string json, string reason)
    {
        var refusal = Assert.Throws<MalformedEventException>(() => Cases.Read(json));
        Assert.Contains(reason, refusal.Message, StringComparison.Ordinal);
    }
}
