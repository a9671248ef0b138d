using CloudNative.Discovery;
using CloudNative.Embedded.Tests.Support;
using CloudNative.Testing;
using CloudNative.Testing.Agent.Client;
using Microsoft.Extensions.Time.Testing;

namespace CloudNative.Embedded.Tests.Membership;

public sealed class EmbeddedNodeTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Services_ResolvedAndNotUsed_TouchNoDisk()
    {
        var path = _directory.Combine("data");
        await using var host = new EmbeddedHost(path);
        Assert.Equal("embedded", host.Source.Name);
        Assert.NotNull(host.Registry);
        Assert.NotNull(host.Leases);
        Assert.False(Directory.Exists(path));
    }

    [Fact]
    public async Task DisposeAsync_LeavesNoLockAndNoSocket()
    {
        await using (var host = new EmbeddedHost(_directory.Path))
        {
            await host.Registry.RegisterAsync(Instances.Of("catalog", "a"), Cancelled);
            Assert.NotEmpty(Directory.GetFiles(_directory.Combine("instances")));
        }

        Assert.Empty(Directory.GetFiles(_directory.Combine("instances")));
    }

    [Fact]
    public async Task Dispose_WithoutWaiting_TakesInstancesOut()
    {
        await using var watcher = new EmbeddedHost(_directory.Path);
        await using var follower = new ServiceFollower(watcher.Source, "catalog");
        var leaving = new EmbeddedHost(_directory.Path);
        await leaving.Registry.RegisterAsync(Instances.Of("catalog", "a"), Cancelled);
        await follower.WaitForIdsAsync("a");
        leaving.Dispose();
        await follower.WaitForIdsAsync();
    }

    [Fact]
    public async Task DataDirectory_TooLongForASocket_ProcessesMeetAllTheSame()
    {
        var path = _directory.Combine(new string('x', 120));
        await using var one = new EmbeddedHost(path);
        await using var other = new EmbeddedHost(path);
        await using var follower = new ServiceFollower(other.Source, "catalog");
        await follower.WaitForAsync(update => update.Kind == EndpointUpdateKind.NotFound, "unknown");
        await one.Registry.RegisterAsync(Instances.Of("catalog", "a"), Cancelled);
        await follower.WaitForIdsAsync("a");
        Assert.Empty(Directory.GetFiles(Path.Combine(path, "instances"), "*.sock"));
    }

    [Fact]
    public async Task Idle_AThousandLooks_WriteNothing()
    {
        var clock = new FakeTimeProvider();
        await using var one = new EmbeddedHost(_directory.Path, clock);
        await using var other = new EmbeddedHost(_directory.Path, clock);
        await one.Registry.RegisterAsync(Instances.Of("catalog", "a"), Cancelled);
        await using var follower = new ServiceFollower(other.Source, "catalog");
        await follower.WaitForIdsAsync("a");
        await LookAsync(one, other, clock, 10);

        var before = Files();
        await LookAsync(one, other, clock, 1000);
        Assert.Equal(before, Files());
        Assert.Equal(1, follower.Updates);
    }

    private static async Task LookAsync(EmbeddedHost one, EmbeddedHost other, FakeTimeProvider clock, int times)
    {
        for (var look = 0; look < times; look++)
        {
            await one.AdvanceAsync(clock, TimeSpan.FromMilliseconds(500));
            await other.AdvanceAsync(clock, TimeSpan.Zero);
        }
    }

    // The shared memory beside the log is not looked at: readers mark their place in it.
    private List<string> Files() =>
    [
        .. new DirectoryInfo(_directory.Path).GetFiles("*", SearchOption.AllDirectories)
            .Where(file => !file.Name.EndsWith("-shm", StringComparison.Ordinal))
            .OrderBy(file => file.FullName, StringComparer.Ordinal)
            .Select(file => $"{file.Name} {file.LastWriteTimeUtc:O}"),
    ];
}
