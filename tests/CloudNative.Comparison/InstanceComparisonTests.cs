using CloudNative.Comparison.Peers;
using CloudNative.Comparison.Scenarios;

namespace CloudNative.Comparison;

/// <summary>The claims on services of which one instance is not well: those of <see cref="ComparisonTests"/>, in the same way.</summary>
public sealed class InstanceComparisonTests
{
    [Fact]
    public async Task OneOfThreeDead_GoodputHoldsWhereThePeersFallAway()
    {
        var rows = (await OneOfThreeDead.RunShortAsync(Scale.Quick)).ToDictionary(row => row.Stack);

        Assert.InRange(rows[Stacks.HereName]["goodput %"], 70, double.MaxValue);
        Assert.InRange(rows[Stacks.HereName]["success %"], 99.99, 100);
        Assert.InRange(rows[Stacks.ServiceDefaultsName]["goodput %"], 0, 50);
        Assert.InRange(rows[Stacks.SwitchedOffName]["goodput %"], 0, 50);
        Assert.InRange(rows[Stacks.HedgingName]["goodput %"], 0, 50);
        Assert.InRange(rows[GrpcStacks.HereName]["goodput %"], 70, double.MaxValue);
        Assert.InRange(rows[GrpcStacks.HereName]["success %"], 99.99, 100);
    }

    [Fact]
    public async Task OneOfThreeDead_TheDeadOneGetsNoTrafficAfterASecond()
    {
        var row = await OneOfThreeDead.RunLongAsync(Scale.Quick, Stacks.Here);

        Assert.InRange(row["success %"], 99.99, 100);
        Assert.InRange(row["to the dead after 1 s %"], 0, 0.5);

        // In turns, a third of the calls begins at the dead one; as long as they are free to go on, a quarter of the attempts.
        var blind = await OneOfThreeDead.RunLongAsync(Scale.Quick, Stacks.Blind);
        Assert.InRange(blind["to the dead after 1 s %"], 15, 40);
    }

    [Fact]
    public async Task OneOfThreeErring_MostCallsSucceedWhereThePeersBreakForAllOrFailAThird()
    {
        var rows = (await OneOfThreeErring.RunShortAsync()).ToDictionary(row => row.Stack);

        Assert.All([Stacks.HereName, GrpcStacks.HereName], name => Assert.InRange(rows[name]["success %"], 98, 100));
        Assert.All(
            [Stacks.SwitchedOffName, Stacks.ServiceDefaultsName], name => Assert.InRange(rows[name]["success %"], 0, 80));
        Assert.All(
            [Stacks.BlindName, Stacks.PlainName, GrpcStacks.BlindName, GrpcStacks.RoundRobinName],
            name => Assert.InRange(rows[name][OneOfThreeErring.Share], 30, 37));
    }

    [Fact]
    public async Task OneOfThreeSilent_AfterDetectionItIsLikeRefused()
    {
        var rows = (await OneOfThreeSilent.RunShortAsync()).ToDictionary(row => row.Stack);

        Assert.Equal(0, rows[Stacks.HereName]["failed"]);
        Assert.InRange(rows[Stacks.HereName]["goodput after %"], 70, double.MaxValue);
        Assert.Equal(0, rows[GrpcStacks.HereName]["failed"]);
        Assert.All(
            [
                Stacks.BlindName, Stacks.SwitchedOffName, Stacks.ServiceDefaultsName, GrpcStacks.BlindName, GrpcStacks.RoundRobinName,
            ],
            name => Assert.InRange(rows[name]["goodput after %"], 0, 50));
    }

    [Fact]
    public async Task OneOfTenSlow_GetsFewerCallsThanInTurn()
    {
        var rows = (await OneOfTenSlow.RunShortAsync()).ToDictionary(row => row.Stack);

        Assert.InRange(rows[Stacks.HereName][OneOfTenSlow.Share], 0, 7);
        Assert.All(
            [Stacks.RoundRobinName, Stacks.SwitchedOffName, Stacks.ServiceDefaultsName],
            name => Assert.InRange(rows[name][OneOfTenSlow.Share], 9, 11));
    }
}
