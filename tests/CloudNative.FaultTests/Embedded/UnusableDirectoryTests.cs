using CloudNative.Discovery;
using CloudNative.FaultTests.Support;
using CloudNative.Leases;
using CloudNative.Testing;

namespace CloudNative.FaultTests.Embedded;

public sealed class UnusableDirectoryTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Disk_FullBeforeTheStart_IsSaidAndForgottenWhenThereIsSpace()
    {
        using var disk = new Tmpfs(kilobytes: 1024);
        disk.Fill();
        await using var app = new App(Path.Combine(disk.Path, "data"));
        var process = await app.StartAsync();
        await AssertRefusedAsync(process.Registry, "CN4005");
        await Assert.ThrowsAsync<LeaseException>(() =>
            process.Leases.TryAcquireAsync("job", TimeSpan.FromSeconds(5), Cancelled).AsTask());
        var update = await app.Follow(process, "catalog").WaitForAsync(_ => true, "anything");
        Assert.Equal(EndpointUpdateKind.Unavailable, update.Kind);
        Assert.Contains("CN4005", update.Reason, StringComparison.Ordinal);

        disk.Free();
        await process.Registry.RegisterAsync(App.Instance("catalog", "a"), Cancelled);
        await app.Follow(process, "catalog").WaitForIdsAsync("a");
    }

    [Fact]
    public async Task Disk_FullWhileRunning_IsSaidAndWhatIsKnownStays()
    {
        using var disk = new Tmpfs(kilobytes: 2048);
        await using var app = new App(Path.Combine(disk.Path, "data"));
        var process = await app.StartAsync();
        await process.Registry.RegisterAsync(App.Instance("catalog", "a"), Cancelled);
        var follower = app.Follow(process, "catalog");
        await follower.WaitForIdsAsync("a");
        disk.Fill();
        var failure = await Assert.ThrowsAsync<ServiceRegistryException>(async () =>
        {
            for (var number = 0; ; number++)
            {
                await process.Registry.RegisterAsync(App.Instance("filling", $"i{number}"), Cancelled);
            }
        });
        Assert.Contains("CN4005", failure.Message, StringComparison.Ordinal);
        await app.Follow(process, "catalog").WaitForIdsAsync("a");

        disk.Free();
        await process.Registry.RegisterAsync(App.Instance("catalog", "b"), Cancelled);
        await follower.WaitForIdsAsync("a", "b");
    }

    [Fact]
    public async Task Directory_OnAReadOnlyFileSystem_IsRefused()
    {
        using var disk = new Tmpfs(kilobytes: 1024);
        disk.MakeReadOnly();
        await using var app = new App(Path.Combine(disk.Path, "data"));
        await AssertRefusedAsync((await app.StartAsync()).Registry, "CN4003");
    }

    [Fact]
    public async Task Directory_IsAFile_IsRefused()
    {
        using var directory = new TemporaryDirectory();
        var path = directory.Combine("data");
        await File.WriteAllTextAsync(path, "in the way", Cancelled);
        await using var app = new App(path);
        await AssertRefusedAsync((await app.StartAsync()).Registry, "CN4003");
    }

    private static async Task AssertRefusedAsync(IServiceRegistry registry, string id)
    {
        var failure = await Assert.ThrowsAsync<ServiceRegistryException>(() =>
            registry.RegisterAsync(App.Instance("catalog", "a"), Cancelled).AsTask());
        Assert.StartsWith(id, failure.Message, StringComparison.Ordinal);
        Assert.Contains("CloudNative:Embedded:DataDirectory", failure.Message, StringComparison.Ordinal);
    }
}
