using System.Globalization;
using CloudNative.Leases;
using CloudNative.Testing;

namespace CloudNative.IntegrationTests.Consul.Leases;

/// <summary>Processes that are killed and paused while they hold a lease, with everybody's real clock.</summary>
public sealed class LeaseProcessTests(ConsulServer server) : IClassFixture<ConsulServer>, IAsyncLifetime
{
    // Consul's shortest TTL, up to twice as late, and the lock delay, which is the lease's duration.
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Earliest = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Latest = (2 * TimeSpan.FromSeconds(10)) + Duration;

    // Beside this module's folder, with the frameworks that it asks for itself.
    private static readonly string AgentPath = Path.GetFullPath(Path.Combine(
        AppContext.BaseDirectory, "..", "..", "CloudNative.Testing.Agent", new DirectoryInfo(AppContext.BaseDirectory).Name,
        "CloudNative.Testing.Agent.dll"));

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => await server.StartAsync();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Holder_KilledOrPaused_IsFollowedWithinTwoTtlsAndTheLockDelay()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no signals that pause a process");
        await using var next = new ConsulHost(server.Address);
        await using var killed = Start("killed");
        await using var paused = Start("paused");
        var tokens = (Killed: await TokenOfAsync(killed), Paused: await TokenOfAsync(paused));
        await killed.KillAsync();
        paused.Suspend();

        var followers = await Task.WhenAll(FollowAsync(next.Leases, "killed"), FollowAsync(next.Leases, "paused"));
        Assert.True(followers[0].FencingToken > tokens.Killed);
        Assert.True(followers[1].FencingToken > tokens.Paused);

        paused.Resume();
        await paused.WaitForLineAsync(line => line == "lost", Cancel);
        Assert.Null(await next.Leases.TryAcquireAsync("paused", Duration, Cancel));
        Assert.All(followers, lease => Assert.False(lease.Lost.IsCancellationRequested));
    }

    private static async Task<long> TokenOfAsync(ChildProcess process)
    {
        var line = await process.WaitForLineAsync(line => line.StartsWith("token ", StringComparison.Ordinal), Cancel);
        return long.Parse(line["token ".Length..], CultureInfo.InvariantCulture);
    }

    private static async Task<ILease> FollowAsync(ILeaseProvider leases, string name)
    {
        // The longest that it takes, and what a machine needs that has other work.
        var patience = Latest + TimeSpan.FromSeconds(10);
        var started = TimeProvider.System.GetTimestamp();
        while (true)
        {
            var lease = await leases.TryAcquireAsync(name, Duration, Cancel);
            var waited = TimeProvider.System.GetElapsedTime(started);
            if (lease is not null)
            {
                TestContext.Current.TestOutputHelper?.WriteLine($"{name}: followed after {waited.TotalSeconds:F1} s");
                Assert.True(waited > Earliest - (Duration / 3), $"{name} was followed after {waited}"); // Since its last renewal.
                return lease;
            }

            Assert.True(waited < patience, $"{name} was not followed within {waited}");

            await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System, Cancel);
        }
    }

    private ChildProcess Start(string lease) => ChildProcess.Start(ChildProcessOptions.ForAssembly(
        AgentPath,
        ["consul-lease", server.Address.ToString(), lease, $"{(long)Duration.TotalMilliseconds}"]));
}
