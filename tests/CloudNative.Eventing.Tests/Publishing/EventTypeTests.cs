using CloudNative.Eventing.Publishing;

namespace CloudNative.Eventing.Tests.Publishing;

public sealed class EventTypeTests
{
    [Theory]
    [InlineData("orders.placed.v1", "orders.placed")]
    [InlineData("orders.v2.v12", "orders.v2")]
    [InlineData("orders.placed", null)]
    [InlineData("orders.v", null)]
    [InlineData("orders.v1x", null)]
    [InlineData(".v1", null)]
    public void NameOf_NameOnTheWire_IsWithoutItsVersion(string wireName, string? expected) =>
        Assert.Equal(expected, EventType.NameOf(wireName));

    [Theory]
    [InlineData(typeof(Plain), "ping.v1", "ping")]
    [InlineData(typeof(Deep), "shop.orders.placed.v3", "shop.orders")]
    [InlineData(typeof(Elsewhere), "orders.placed.v1", "audit")]
    public void Find_Attribute_GivesNameAndTopic(Type type, string name, string topic)
    {
        var found = EventType.Find(type)!;

        Assert.Equal((name, topic), (found.WireName, found.Topic));
    }

    [Fact]
    public void Check_VersionZero_IsWrong() =>
        Assert.Contains("versions begin with 1", EventType.Check(typeof(Zero)), StringComparison.Ordinal);

    [Event("ping")]
    private sealed class Plain;

    [Event("shop.orders.placed", Version = 3)]
    private sealed class Deep;

    [Event("orders.placed", Topic = "audit")]
    private sealed class Elsewhere;

    [Event("orders.placed", Version = 0)]
    private sealed class Zero;
}
