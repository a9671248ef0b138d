namespace CloudNative.Discovery.Tests.Balancing;

/// <summary>What an instance is expected to cost, in milliseconds of a clock that ticks a thousand times a second.</summary>
public sealed class EndpointStateTests
{
    private const int Usual = 20;

    private readonly EndpointState _state = new(
        new ServiceInstance { Service = "catalog", Id = "a", Endpoints = [new InstanceEndpoint("http", "127.0.0.1", 80)] }, 1000);

    [Fact]
    public void Cost_NothingWaits_IsTheLatencyAndFades()
    {
        Answer(begun: 0, took: Usual);
        Assert.Equal(Usual + 1, _state.Cost(Usual));
        Assert.Equal(Usual + 1, _state.Cost(5 * Usual));
        Assert.Equal((Usual / 2) + 1, _state.Cost(10_000)); // Halved all 8.2 s.
    }

    [Fact]
    public void Cost_CallsWaitLongerThanUsual_GrowsWithTheSilenceUpToThePenaltyOfAFailure()
    {
        Answer(begun: 0, took: Usual);
        _state.Begin();
        Assert.Equal(2 * (Usual + 1), _state.Cost(2 * Usual)); // As long as usual.
        Assert.Equal(2 * (3 * Usual + 1), _state.Cost(4 * Usual));
        Assert.Equal(2 * ((EndpointState.FailurePenalty * Usual) + 1), _state.Cost(50 * Usual));
    }

    [Fact]
    public void Cost_TheSilenceEnds_IsTheLatencyAgain()
    {
        Answer(begun: 0, took: Usual);
        _state.Begin();
        _state.Begin();
        Assert.True(_state.Cost(50 * Usual) > 3 * (Usual + 1));
        _state.End(EndpointOutcome.Success, 50 * Usual, 51 * Usual);
        Assert.Equal(2 * (Usual + 1), _state.Cost(51 * Usual));
    }

    [Fact]
    public void Cost_NeverAnswered_IsAtLeastTheTimeThatCallsHaveWaited()
    {
        _state.Expect(Usual, 0);
        Assert.Equal(Usual + 1, _state.Cost(Usual));
        _state.Begin();
        Assert.Equal(2 * (Usual + 1), _state.Cost(Usual));
        Assert.Equal(2 * 1001, _state.Cost(1000));
    }

    [Fact]
    public void End_FailureAfterASilence_IsPenalisedByTheLatencyBefore()
    {
        Answer(begun: 0, took: Usual);
        _state.Begin();
        _state.Begin();
        _state.End(EndpointOutcome.Failure, 1000, 1000);
        Assert.Equal(EndpointState.FailurePenalty * Usual / 1000.0, _state.LatencySeconds);
        _state.Forgive(1000);
        Assert.Equal(Usual / 1000.0, _state.LatencySeconds);
    }

    [Fact]
    public void Cost_FailedAndLeftAloneForASecond_IsNothingForOneCall()
    {
        Answer(begun: 0, took: Usual);
        Fail(begun: 100);
        Assert.Equal((EndpointState.FailurePenalty * Usual) + 1, _state.Cost(1099));

        Assert.Equal(1, _state.Cost(1100));

        _state.Begin();
        Assert.Equal(2 * (EndpointState.FailurePenalty * EndpointState.FailurePenalty * Usual + 1), _state.Cost(1100));
    }

    [Fact]
    public void End_TheCallThatFindsOutSucceeds_TakesThePenaltyBack()
    {
        Answer(begun: 0, took: Usual);
        Fail(begun: 100);

        Answer(begun: 1100, took: Usual);

        Assert.Equal(0, _state.ConsecutiveFailures);
        Assert.Equal(Usual + 1, _state.Cost(1100 + Usual));
    }

    [Fact]
    public void End_SuccessOfACallFromBefore_ProvesNothing()
    {
        Answer(begun: 0, took: Usual);
        _state.Begin();
        Fail(begun: 100);

        _state.End(EndpointOutcome.Success, 90, 110);

        Assert.True(_state.Cost(120) > 3 * Usual);
        Assert.Equal(1, _state.Cost(1110)); // And is found out like any other.
    }

    [Fact]
    public void Cost_SuddenlyMuchSlower_IsTriedAfterASecondAndForgivenWhenItIsQuickAgain()
    {
        Answer(begun: 0, took: Usual);
        Answer(begun: 100, took: 4000);
        Assert.Equal(4001, _state.Cost(4100 + 999));
        Assert.Equal(1, _state.Cost(5100));

        Answer(begun: 5100, took: Usual);

        Assert.Equal(Usual + 1, _state.Cost(5120));
    }

    [Fact]
    public void Cost_SuddenlyMuchSlowerAndStillSlow_IsTriedLessAndLess()
    {
        Answer(begun: 0, took: Usual);
        Answer(begun: 100, took: 400);
        long answered = 500;
        foreach (var wait in (long[])[1000, 2000, 4000, 8000, 16_000, 16_000])
        {
            Assert.True(_state.Cost(answered + wait - 1) > Usual + 1, $"tried before {wait} ms are over");
            Assert.Equal(1, _state.Cost(answered + wait));
            Answer(answered + wait, 400);
            answered += wait + 400;
        }
    }

    [Fact]
    public void Cost_SlowOnceAndCalledAllTheTime_IsTrustedWhenTheAverageHasRecovered()
    {
        Answer(begun: 0, took: Usual);
        Answer(begun: 100, took: 10 * Usual);
        long now = 100 + (10 * Usual);
        for (var call = 0; call < 2000; call++)
        {
            Answer(now, Usual);
            now += Usual;
        }

        Assert.InRange(_state.Cost(now + 1000), Usual, 2 * Usual);
    }

    [Fact]
    public void Cost_ALittleSlower_IsNothingToFindOut()
    {
        Answer(begun: 0, took: Usual);
        Answer(begun: 100, took: EndpointState.FailurePenalty * Usual);

        Assert.Equal((EndpointState.FailurePenalty * Usual) + 1, _state.Cost(1300));
    }

    [Fact]
    public void Cost_TheCallThatFindsOutFails_WaitsTwiceAsLongEachTimeUpToTheLongest()
    {
        Answer(begun: 0, took: Usual);
        long failed = 100;
        Fail(failed);
        foreach (var wait in (long[])[1000, 2000, 4000, 8000, 16_000, 16_000])
        {
            Assert.True(_state.Cost(failed + wait - 1) > Usual + 1, $"tried before {wait} ms are over");
            Assert.True(_state.Cost(failed + wait) == 1, $"not tried after {wait} ms");
            failed += wait;
            Fail(failed);
        }
    }

    [Fact]
    public void Cost_FailsNowAndThen_IsTriedLessAndLess()
    {
        Answer(begun: 0, took: Usual);
        long now = 100;
        foreach (var wait in (long[])[1000, 2000, 4000])
        {
            Fail(now);
            Assert.True(_state.Cost(now + wait - 1) > Usual + 1, $"tried before {wait} ms are over");
            Answer(now + wait, Usual);
            now += wait + Usual;
        }

        now += 60_000;
        Fail(now);
        Assert.True(_state.Cost(now + 1000) == 1, "a healthy minute is not remembered as trouble");
    }

    private void Fail(long begun)
    {
        _state.Begin();
        _state.End(EndpointOutcome.Failure, begun, begun);
    }

    private void Answer(long begun, long took)
    {
        _state.Begin();
        _state.End(EndpointOutcome.Success, begun, begun + took);
    }
}
