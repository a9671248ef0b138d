using System.Globalization;
using CloudNative.Eventing;

namespace CloudNative.Tests.Eventing;

public sealed class EventEnvelopeTests
{
    [Fact]
    public void Equals_IdAsUuidAndAsText_IsTheSameEvent()
    {
        var id = Guid.NewGuid();
        var made = new EventEnvelope(id, "/a", "t.v1");
        var read = new EventEnvelope { Id = id.ToString(), Source = "/a", Type = "t.v1" };

        Assert.Equal(made.GetHashCode(), read.GetHashCode());
        Assert.Equal(made, read);
        Assert.Equal(new EventEnvelope(id, "/a", "other.v1"), made);
        Assert.NotEqual(new EventEnvelope(id, "/b", "t.v1"), made);
        Assert.NotEqual(new EventEnvelope(Guid.NewGuid(), "/a", "t.v1"), made);
        Assert.Equal(id.ToString(), made.Id);
        Assert.Equal(made.GetHashCode(), read.GetHashCode());
    }

    [Fact]
    public void Id_NoneSet_IsNoneAndNoUuidEither()
    {
        Assert.Null(new EventEnvelope { Id = null!, Source = "/a", Type = "t" }.Id);
        Assert.Throws<ArgumentOutOfRangeException>(() => new EventEnvelope(Guid.Empty, "/a", "t"));
    }

    [Theory]
    [InlineData("1970-01-01T00:00:00+00:00")]
    [InlineData("0001-01-01T00:00:00+00:00")]
    [InlineData("9999-12-31T23:59:59.9999999+14:00")]
    [InlineData("2026-07-01T12:00:00.1234567+05:45")]
    public void Time_AnyOffset_ComesBackAsItWas(string text)
    {
        var time = DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);

        var back = new EventEnvelope { Id = "1", Source = "/a", Type = "t", Time = time }.Time;

        Assert.Equal((time, time.Offset), (back!.Value, back.Value.Offset));
        Assert.Null(new EventEnvelope { Id = "1", Source = "/a", Type = "t" }.Time);
    }

    [Fact]
    public void Attributes_ThatFewEventsHave_ComeBackAsTheyWere()
    {
        var extensions = new Dictionary<string, object> { ["a"] = 1 };

        var envelope = new EventEnvelope
        {
            Id = "1",
            Source = "/a",
            Type = "t",
            Subject = "s",
            DataContentType = "text/plain",
            DataSchema = "/d",
            TraceState = "x=1",
            Extensions = extensions,
        };

        Assert.Equal(("s", "text/plain", "/d", "x=1"),
            (envelope.Subject, envelope.DataContentType, envelope.DataSchema, envelope.TraceState));
        Assert.Same(extensions, envelope.Extensions);
    }
}
