using CloudNative.RabbitMq.Topology;

namespace CloudNative.RabbitMq.Tests.Topology;

public sealed class DelayLadderTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(250, 1)]
    [InlineData(251, 2)]
    [InlineData(60_000, 240)]
    public void UnitsOf_ADelay_IsRoundedUp(int milliseconds, long expected) =>
        Assert.Equal(expected, DelayLadder.UnitsOf(TimeSpan.FromMilliseconds(milliseconds)));

    [Theory]
    [InlineData(1, 0)]
    [InlineData(2, 1)]
    [InlineData(3, 1)]
    [InlineData((1 << DelayLadder.Levels) - 1, DelayLadder.Levels - 1)]
    public void FirstLevel_OfUnits_IsTheHighestBit(long units, int expected) => Assert.Equal(expected, DelayLadder.FirstLevel(units));

    [Fact]
    public void RoutingKey_OfUnits_IsItsBitsThenTheTarget() => Assert.Equal(
        string.Concat(Enumerable.Repeat("0.", DelayLadder.Levels - 3)) + "1.0.1.cn/a!b.7", DelayLadder.RoutingKey(5, "cn/a.b", "7"));

    [Fact]
    public void TimeOf_AllLevels_AddUpToTheLongest() => Assert.Equal(
        DelayLadder.Longest, Enumerable.Range(0, DelayLadder.Levels).Select(DelayLadder.TimeOf).Aggregate((sum, time) => sum + time));
}
