using CloudNative.Local.Supervision;

namespace CloudNative.Local.Tests.Supervision;

public sealed class RestartGateTests
{
    private readonly RestartGate _gate = new();

    [Fact]
    public void Ask_WhileAProcessGetsReady_WaitsForTheOneAfterIt()
    {
        _gate.TryBegin();
        var ready = _gate.Ask();

        _gate.Fulfil();
        Assert.False(ready.IsCompleted);

        Assert.True(_gate.Wish.IsCompleted);
        _gate.TryBegin();
        Assert.False(_gate.Wish.IsCompleted);
        _gate.Fulfil();
        Assert.True(ready.IsCompletedSuccessfully);
    }

    [Fact]
    public void Ask_TwiceBeforeTheRestart_IsOneRestart()
    {
        _gate.TryBegin();
        var first = _gate.Ask();
        var second = _gate.Ask();

        _gate.TryBegin();
        _gate.Fulfil();

        Assert.True(first.IsCompletedSuccessfully && second.IsCompletedSuccessfully);
        Assert.False(_gate.Wish.IsCompleted);
    }

    [Fact]
    public void Close_WithAndBeforeAWish_CancelsIt()
    {
        var before = _gate.Ask();

        _gate.Close();

        Assert.True(before.IsCanceled);
        Assert.True(_gate.Ask().IsCanceled);
    }

    [Fact]
    public void Stop_WhileAProcessRuns_HoldsTheNextUntilItIsStarted()
    {
        _gate.TryBegin();
        var gone = _gate.Stop();

        Assert.True(_gate.Wish.IsCompleted);
        Assert.False(gone.IsCompleted);
        Assert.False(_gate.TryBegin());
        var free = _gate.Rest();
        Assert.True(gone.IsCompletedSuccessfully);
        Assert.False(free.IsCompleted);

        var ready = _gate.Start();
        Assert.True(free.IsCompletedSuccessfully);
        Assert.True(_gate.TryBegin());
        Assert.False(ready.IsCompleted);
        _gate.Fulfil();
        Assert.True(ready.IsCompletedSuccessfully);
    }

    [Fact]
    public void Stop_AfterARestartWasAskedFor_CancelsIt()
    {
        _gate.TryBegin();
        var ready = _gate.Ask();

        _gate.Stop();

        Assert.True(ready.IsCanceled);
        Assert.False(_gate.TryBegin());
    }

    [Fact]
    public void Start_BeforeTheStopWasDone_EndsBothWaits()
    {
        _gate.TryBegin();
        var gone = _gate.Stop();
        var ready = _gate.Start();

        Assert.True(_gate.TryBegin());
        _gate.Fulfil();

        Assert.True(gone.IsCompletedSuccessfully && ready.IsCompletedSuccessfully);
    }

    [Fact]
    public void Start_NotStopped_DisturbsNothing()
    {
        _gate.TryBegin();

        Assert.True(_gate.Start().IsCompletedSuccessfully);
        Assert.False(_gate.Wish.IsCompleted);
    }

    [Fact]
    public void Close_WhileSomebodyWaitsForTheStop_EndsTheWait()
    {
        _gate.TryBegin();
        var gone = _gate.Stop();

        _gate.Close();

        Assert.True(gone.IsCompletedSuccessfully && _gate.Stop().IsCompletedSuccessfully);
    }
}
