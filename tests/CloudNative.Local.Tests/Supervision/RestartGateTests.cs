using CloudNative.Local.Supervision;

namespace CloudNative.Local.Tests.Supervision;

public sealed class RestartGateTests
{
    private readonly RestartGate _gate = new();

    [Fact]
    public void Ask_WhileAProcessGetsReady_WaitsForTheOneAfterIt()
    {
        _gate.Begin();
        var ready = _gate.Ask();

        _gate.Fulfil();
        Assert.False(ready.IsCompleted);

        Assert.True(_gate.Wish.IsCompleted);
        _gate.Begin();
        Assert.False(_gate.Wish.IsCompleted);
        _gate.Fulfil();
        Assert.True(ready.IsCompletedSuccessfully);
    }

    [Fact]
    public void Ask_TwiceBeforeTheRestart_IsOneRestart()
    {
        _gate.Begin();
        var first = _gate.Ask();
        var second = _gate.Ask();

        _gate.Begin();
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
}
