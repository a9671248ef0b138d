using CloudNative.FaultTests.Support;

namespace CloudNative.FaultTests.Embedded;

public sealed class PausedProcessTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public PausedProcessTests() => Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no signals that pause a process");

    [Fact]
    public async Task Pause_RegisteredProcess_StaysWhileOthersComeAndGo()
    {
        await using var app = new App();
        var watcher = await app.StartAsync();
        var follower = app.Follow(watcher, "catalog");
        var paused = await app.StartAsync();
        await using var registration = await paused.Registry.RegisterAsync(App.Instance("catalog", "paused"), Cancelled);
        await follower.WaitForIdsAsync("paused");
        paused.Process.Suspend();

        var passing = await app.StartAsync();
        await passing.Registry.RegisterAsync(App.Instance("catalog", "passing"), Cancelled);
        await follower.WaitForIdsAsync("passing", "paused");
        await app.Follow(passing, "catalog").WaitForIdsAsync("passing", "paused");
        await passing.KillAsync();
        await follower.WaitForIdsAsync("paused");

        paused.Process.Resume();
        await registration.SetReadyAsync(false, Cancelled);
        await follower.WaitForIdsAsync();
    }

    [Fact]
    public async Task Kill_PausedProcess_IsGone()
    {
        await using var app = new App();
        var follower = app.Follow(await app.StartAsync(), "catalog");
        var paused = await app.StartAsync();
        await paused.Registry.RegisterAsync(App.Instance("catalog", "paused"), Cancelled);
        await follower.WaitForIdsAsync("paused");
        paused.Process.Suspend();
        await paused.KillAsync();
        await follower.WaitForIdsAsync();
    }
}
