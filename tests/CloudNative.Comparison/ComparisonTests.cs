using CloudNative.Comparison.Peers;
using CloudNative.Comparison.Scenarios;
using CloudNative.Http;
using CloudNative.TestSupport.Figures;

namespace CloudNative.Comparison;

/// <summary>
/// The claims of docs/performance.md, in a short run and with margins for a shared machine. Where the peer is not
/// worse, or ours is no worse when it is switched off, the scenario proves nothing and the test fails. Figures to publish come from
/// <c>--full</c> on a quiet machine.
/// </summary>
public sealed class ComparisonTests
{
    // Bytes hold still on a busy machine; time does not, so it is printed and not gated.
    [Theory]
    [InlineData(false, 350)]
    [InlineData(true, 700)]
    public async Task HealthyService_PipelineAllocatesLittle(bool streamed, double most)
    {
        ReleaseBuild.Require(typeof(ServiceHttpHandlerFactory));
        var rows = (await CpuAndBytes.RunAsync(Scale.Quick, streamed)).ToDictionary(row => row.Stack);

        Assert.InRange(rows[Stacks.HereName]["over bare, B"], 0, most);
        Assert.InRange(rows[Stacks.SwitchedOffName]["over bare, B"], -64, 64);
        Assert.True(rows[Stacks.ServiceDefaultsName]["over bare, B"] > rows[Stacks.HereName]["over bare, B"]);
    }

    [Fact]
    public async Task RegistryDown_CallsSucceedAndTheRegistryIsLeftInPeace()
    {
        var rows = (await RegistryOutage.RunAsync(Scale.Quick)).ToDictionary(row => row.Stack);

        Assert.Equal(100, rows[Stacks.HereName]["success %"]);
        Assert.InRange(rows[Stacks.HereName]["registry calls/s while down"], 0, 2);
        Assert.InRange(rows[Stacks.SwitchedOffName]["success %"], 0, 50);
        Assert.InRange(rows[Stacks.ServiceDefaultsName]["success %"], 0, 50);
    }

    [Fact]
    public async Task ReplicasRestart_NoRequestFails()
    {
        var rows = (await RollingRestart.RunAsync(rounds: 2)).ToDictionary(row => row.Stack);

        Assert.All([Stacks.HereName, GrpcStacks.HereName], name =>
        {
            Assert.True(rows[name][RollingRestart.Posts] >= 100, $"{name}: {rows[name][RollingRestart.Posts]} POSTs are too few to tell.");
            Assert.Equal(0, rows[name][RollingRestart.FailedGets]);
            Assert.Equal(0, rows[name][RollingRestart.FailedPosts]);
        });

        // 190 a second here, 5 there: what is left of calls that wait for a breaker.
        var good = rows[Stacks.HereName][RollingRestart.GoodGets];
        Assert.All(
            [Stacks.SwitchedOffName, Stacks.ServiceDefaultsName],
            name => Assert.InRange(rows[name][RollingRestart.GoodGets], 0, good / 2));
        Assert.True(rows[Stacks.PlainName][RollingRestart.FailedGets] > 0);
    }

    [Fact]
    public async Task HandlersRotate_NoTimerIsLeft()
    {
        var rows = (await HandlerRotation.RunAsync(rounds: 3)).ToDictionary(row => row.Stack);

        Assert.InRange(rows[Stacks.HereName][HandlerRotation.Timers], int.MinValue, 5);
        Assert.All(
            [Stacks.SwitchedOffName, Stacks.ServiceDefaultsName],
            name => Assert.InRange(rows[name][HandlerRotation.Timers], 1000, int.MaxValue));
    }

    [Fact]
    public async Task CallerGivesUp_FourHopsStop()
    {
        var rows = (await DeadlineChain.RunAsync(calls: 300)).ToDictionary(row => row.Stack);

        // 50 ms on a quiet machine.
        Assert.InRange(rows[Stacks.HereName][DeadlineChain.P99], double.MinValue, 250);
    }

    [Fact]
    public async Task AnotherDependencyFails_TheHealthyOneIsNotTouched()
    {
        var rows = (await SharedBreaker.RunAsync()).ToDictionary(row => row.Stack);

        Assert.Equal(100, rows[Stacks.HereName]["success %"]);
        Assert.InRange(rows[Stacks.SwitchedOffName]["success %"], 0, 50);
        Assert.InRange(rows[Stacks.ServiceDefaultsName]["success %"], 0, 50);
    }

    [Fact]
    public async Task ThreeTimesThePeak_GoodputHoldsWhereThePeersFallAway()
    {
        var rows = (await Overload.RunShortAsync(Scale.Quick)).ToDictionary(row => row.Stack);

        Assert.InRange(rows[Overload.HereName][Overload.Share], 60, double.MaxValue);
        Assert.InRange(rows[Overload.HereName][Overload.Recovery], 0, 5);
        Assert.InRange(rows[Overload.OffName][Overload.Share], 0, 50);
        Assert.InRange(rows[Overload.PlainName][Overload.Share], 0, 50);
    }

    [Fact]
    public async Task AllAnswer503_RetriesStayWithinTheBudgetAndPostIsSentOnce()
    {
        var rows = (await FailingServer.RunAsync()).ToDictionary(row => (row.Scenario, row.Stack));

        Assert.InRange(rows[($"{FailingServer.Name}, GET", Stacks.HereName)]["amplification"], 1, 1.11);
        Assert.Equal(1, rows[($"{FailingServer.Name}, POST", Stacks.HereName)]["amplification"]);
        Assert.InRange(rows[($"{FailingServer.Name}, GET", FailingServer.WithoutBudgetName)]["amplification"], 2, 4);
        Assert.All([Stacks.SwitchedOffName, Stacks.ServiceDefaultsName], name =>
        {
            Assert.InRange(rows[($"{FailingServer.Name}, GET", name)]["amplification"], 2, 4);
            Assert.InRange(rows[($"{FailingServer.Name}, POST", name)]["amplification"], 2, 4);
        });
    }
}
