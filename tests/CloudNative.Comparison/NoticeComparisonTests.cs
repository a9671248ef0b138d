using CloudNative.Comparison.Notice;
using CloudNative.Comparison.Peers;
using CloudNative.Comparison.Scenarios;

namespace CloudNative.Comparison;

/// <summary>
/// That callers notice at all, each once; how soon is for <c>--full</c>. Who goes on to call an instance that is gone, or has callers fail
/// for it, has not noticed.
/// </summary>
public sealed class NoticeComparisonTests
{
    [Fact]
    public async Task SomethingHappensToOneOfThree_NoticedHereAndNotWithoutWhatNotices()
    {
        var all = await TimeToNotice.RunAsync(Scale.Quick);
        foreach (var scenario in all.GroupBy(row => row.Scenario))
        {
            var rows = scenario.ToDictionary(row => row.Stack);
            Assert.All([Stacks.HereName, GrpcStacks.HereName], name => Assert.Equal(100, rows[name][TimeToNotice.Noticed]));
            Assert.All(
                [Stacks.BlindName, Stacks.SwitchedOffName, Stacks.ServiceDefaultsName, Stacks.PlainName, GrpcStacks.BlindName],
                name => Assert.Equal(0, rows[name][TimeToNotice.Noticed]));

            // A third of a hundred calls goes to the victim in turn.
            Assert.InRange(rows[Stacks.HereName][TimeToNotice.Wasted], 0, 10);
            Assert.InRange(rows[Stacks.PlainName][TimeToNotice.Wasted], 20, 45);
            if (rows.TryGetValue(Fleet.RegistryName, out var registry))
            {
                Assert.Equal(100, registry[TimeToNotice.Noticed]);
                Assert.InRange(registry[TimeToNotice.Wasted], 0, 3);
            }
            else
            {
                // It watches its connections and takes what comes over them for well.
                Assert.Equal(0, rows[GrpcStacks.RoundRobinName][TimeToNotice.Noticed]);
            }
        }
    }
}
