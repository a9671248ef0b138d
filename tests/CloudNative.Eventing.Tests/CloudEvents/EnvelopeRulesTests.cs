using System.Buffers;
using CloudNative.Eventing.CloudEvents;

namespace CloudNative.Eventing.Tests.CloudEvents;

public sealed class EnvelopeRulesTests
{
    private readonly CloudEventFormat _format = new();

    public static TheoryData<string, object?, string> Extensions => new()
    {
        { "Upper", "a", "lower-case letters" },
        { "", "a", "lower-case letters" },
        { "data", "a", "name of an attribute" },
        { "specversion", "1.0", "name of an attribute" },
        { "partitionkey", "a", "name of an attribute" },
        { "a", 7L, "is a Int64" },
        { "a", null, "is null" },
        { "a", "\n", "control character" },
    };

    [Theory]
    [MemberData(nameof(Extensions))]
    public void Check_BadExtension_IsRejected(string name, object? value, string reason)
    {
        var rejection = Assert.Throws<EventRejectedException>(() => _format.Check(new()
        {
            Id = "7",
            Source = "/a",
            Type = "b",
            Extensions = new Dictionary<string, object> { [name] = value! },
        }));

        Assert.StartsWith("CN9005 ", rejection.Message, StringComparison.Ordinal);
        Assert.Contains(reason, rejection.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "/a", "b", "'id' is empty")]
    [InlineData("7", "a b", "b", "'source' is no URI reference")]
    [InlineData("7", "/a", "", "'type' is empty")]
    [InlineData("\u0007", "/a", "b", "control character")]
    public void Write_BadAttribute_IsRejectedAndWritesNothing(string id, string source, string type, string reason)
    {
        var output = new ArrayBufferWriter<byte>();
        var value = new EventEnvelope { Id = id, Source = source, Type = type };

        var rejection = Assert.Throws<EventRejectedException>(() => _format.Write(value, output));
        Assert.Throws<EventRejectedException>(() => _format.WriteBatch([value], output));
        Assert.Throws<EventRejectedException>(() => _format.WriteHeaders(value, new Dictionary<string, string>()));
        Assert.Contains(reason, rejection.Message, StringComparison.Ordinal);
        Assert.Equal(0, output.WrittenCount);
    }

    [Fact]
    public void Check_HalfOfASurrogatePair_IsRejected() =>
        Assert.Throws<EventRejectedException>(() => _format.Check(new() { Id = "\ud800", Source = "/a", Type = "b" }));
}
