using CloudNative.Comparison.Peers;
using CloudNative.Comparison.Scenarios;
using CloudNative.Http;
using CloudNative.TestSupport.Figures;

namespace CloudNative.Comparison;

/// <summary>
/// The claims of docs/performance.md, in a short run and with margins for a shared machine. Where the peer is not
/// worse, the scenario proves nothing and the test fails. Figures to publish come from <c>--full</c> on a quiet
/// machine.
/// </summary>
public sealed class ComparisonTests
{
    [Fact]
    public async Task OneOfThreeDead_GoodputHoldsWhereThePeersFallAway()
    {
        var rows = (await OneOfThreeDead.RunAsync(Scale.Quick)).ToDictionary(row => row.Stack);

        Assert.InRange(rows[Stacks.HereName]["goodput %"], 70, double.MaxValue);
        Assert.InRange(rows[Stacks.HereName]["success %"], 99.99, 100);
        Assert.InRange(rows[Stacks.ServiceDefaultsName]["goodput %"], 0, 50);
        Assert.InRange(rows[Stacks.HedgingName]["goodput %"], 0, 50);
    }

    [Fact]
    public async Task OneOfThreeDead_TheDeadOneGetsNoTrafficAfterASecond()
    {
        var row = await OneOfThreeDead.RunLongAsync(Scale.Quick, Stacks.Here);

        Assert.InRange(row["success %"], 99.99, 100);
        Assert.InRange(row["to the dead after 1 s %"], 0, 0.5);
    }

    // Bytes hold still on a busy machine; time does not, so it is printed and not gated.
    [Theory]
    [InlineData(false, 350)]
    [InlineData(true, 700)]
    public async Task HealthyService_PipelineAllocatesLittle(bool streamed, double most)
    {
        ReleaseBuild.Require(typeof(ServiceHttpHandlerFactory));
        var rows = (await CpuAndBytes.RunAsync(Scale.Quick, streamed)).ToDictionary(row => row.Stack);

        Assert.InRange(rows[Stacks.HereName]["over bare, B"], 0, most);
        Assert.True(rows[Stacks.ServiceDefaultsName]["over bare, B"] > rows[Stacks.HereName]["over bare, B"]);
    }

    [Fact]
    public async Task RegistryDown_CallsSucceedAndTheRegistryIsLeftInPeace()
    {
        var rows = (await RegistryOutage.RunAsync(Scale.Quick)).ToDictionary(row => row.Stack);

        Assert.Equal(100, rows[Stacks.HereName]["success %"]);
        Assert.InRange(rows[Stacks.HereName]["registry calls/s while down"], 0, 2);
        Assert.InRange(rows[Stacks.ServiceDefaultsName]["success %"], 0, 50);
    }

    [Fact]
    public async Task OneOfThreeErring_MostCallsSucceedWhereThePeersBreakForAll()
    {
        var rows = (await OneOfThreeErring.RunAsync(Scale.Quick)).ToDictionary(row => row.Stack);

        Assert.InRange(rows[Stacks.HereName]["success %"], 98, 100);
        Assert.InRange(rows[Stacks.ServiceDefaultsName]["success %"], 0, 80);
    }

    [Fact]
    public async Task OneOfThreeSilent_AfterDetectionItIsLikeRefused()
    {
        var rows = (await OneOfThreeSilent.RunShortAsync()).ToDictionary(row => row.Stack);

        Assert.Equal(0, rows[Stacks.HereName]["failed"]);
        Assert.InRange(rows[Stacks.HereName]["goodput after %"], 70, double.MaxValue);
        Assert.InRange(rows[Stacks.ServiceDefaultsName]["goodput after %"], 0, 50);
    }

    [Fact]
    public async Task ReplicasRestart_NoRequestFails()
    {
        var rows = (await RollingRestart.RunAsync(rounds: 2)).ToDictionary(row => row.Stack);

        Assert.Equal(0, rows[Stacks.HereName][RollingRestart.FailedGets]);
        Assert.Equal(0, rows[Stacks.HereName][RollingRestart.FailedPosts]);
    }

    [Fact]
    public async Task HandlersRotate_NoTimerIsLeft()
    {
        var rows = (await HandlerRotation.RunAsync(rounds: 3)).ToDictionary(row => row.Stack);

        Assert.InRange(rows[Stacks.HereName][HandlerRotation.Timers], int.MinValue, 5);
        Assert.InRange(rows[Stacks.ServiceDefaultsName][HandlerRotation.Timers], 1000, int.MaxValue);
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
        Assert.InRange(rows[Stacks.ServiceDefaultsName]["success %"], 0, 50);
    }

    [Fact]
    public async Task ThreeTimesThePeak_GoodputHoldsWhereThePeersFallAway()
    {
        var rows = (await Overload.RunShortAsync(Scale.Quick)).ToDictionary(row => row.Stack);

        Assert.InRange(rows[Overload.HereName][Overload.Share], 60, double.MaxValue);
        Assert.InRange(rows[Overload.HereName][Overload.Recovery], 0, 5);
        Assert.InRange(rows[Overload.PlainName][Overload.Share], 0, 50);
    }

    [Fact]
    public async Task AllAnswer503_RetriesStayWithinTheBudgetAndPostIsSentOnce()
    {
        var rows = (await FailingServer.RunAsync()).ToDictionary(row => (row.Scenario, row.Stack));

        Assert.InRange(rows[($"{FailingServer.Name}, GET", Stacks.HereName)]["amplification"], 1, 1.11);
        Assert.Equal(1, rows[($"{FailingServer.Name}, POST", Stacks.HereName)]["amplification"]);
        Assert.InRange(rows[($"{FailingServer.Name}, POST", Stacks.ServiceDefaultsName)]["amplification"], 2, 4);
    }
}
