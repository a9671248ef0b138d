using CloudNative.Discovery;
using CloudNative.FaultTests.Support;

namespace CloudNative.FaultTests.Embedded;

public sealed class StartTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task FirstStart_OfEightProcessesAtOnce_AllFindEachOther()
    {
        await using var app = new App();
        var processes = await app.StartAsync(8);
        var ids = processes.Select((_, number) => $"p{number}").ToArray();
        await Task.WhenAll(processes.Select((process, number) =>
            process.Registry.RegisterAsync(App.Instance("catalog", ids[number]), Cancelled).AsTask()));
        await Task.WhenAll(processes.Select(process => app.Follow(process, "catalog").WaitForIdsAsync(ids)));
    }

    [Fact]
    public async Task TwoApps_InDirectoriesOfTheirOwn_DoNotMeet()
    {
        await using var one = new App();
        await using var other = new App();
        var here = await one.StartAsync();
        var there = await other.StartAsync();
        await here.Registry.RegisterAsync(App.Instance("catalog", "here"), Cancelled);
        await there.Registry.RegisterAsync(App.Instance("ordering", "there"), Cancelled);
        var unknown = await other.Follow(there, "catalog").WaitForAsync(_ => true, "anything");
        Assert.Equal(EndpointUpdateKind.NotFound, unknown.Kind);
        await other.Follow(there, "ordering").WaitForIdsAsync("there");
    }

    [Fact]
    public async Task DataDirectory_RemovedWhileRunning_IsMadeAgainWithEverybody()
    {
        await using var app = new App();
        var processes = await app.StartAsync(2);
        await processes[0].Registry.RegisterAsync(App.Instance("catalog", "a"), Cancelled);
        await processes[1].Registry.RegisterAsync(App.Instance("catalog", "b"), Cancelled);
        await app.Follow(processes[0], "catalog").WaitForIdsAsync("a", "b");
        Directory.Delete(app.DataDirectory, recursive: true);

        var later = await app.StartAsync();
        await app.Follow(later, "catalog").WaitForIdsAsync("a", "b");
    }
}
