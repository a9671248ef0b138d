using CloudNative.RabbitMq.Topology;

namespace CloudNative.RabbitMq.Tests.Topology;

public sealed class NamesTests
{
    /// <summary>Another version must send a key to the same queue: these never change.</summary>
    [Theory]
    [InlineData(null, "-")]
    [InlineData("", "9")]
    [InlineData("a", "0")]
    [InlineData("customer-9", "0")]
    [InlineData("Grüße", "10")]
    public void RoutingKey_OfAKey_IsTheSameForEver(string? key, string expected) => Assert.Equal(expected, Names.RoutingKey(key));

    [Fact]
    public void RoutingKey_OfManyKeys_UsesAllPartitionsEvenly()
    {
        var counts = Enumerable.Range(0, 16_000).GroupBy(number => Names.RoutingKey($"order-{number}")).Select(group => group.Count());
        Assert.Equal(Names.Partitions, counts.Count());
        Assert.All(counts, count => Assert.InRange(count, 800, 1_200));
    }

    [Fact]
    public void Group_LongNames_FitAndStayApart()
    {
        var names = new Names(new string('p', 40));
        var topic = new string('t', 200);
        var one = names.Dead(topic, new string('g', 200));
        var other = names.Dead(topic, new string('g', 199) + "h");
        Assert.NotEqual(one, other);
        Assert.True(DelayLadder.RoutingKey(1, one, "15").Length <= 255);
    }
}
