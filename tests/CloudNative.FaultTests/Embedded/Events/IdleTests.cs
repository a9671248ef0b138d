using System.Globalization;
using CloudNative.Eventing;
using CloudNative.FaultTests.Support;
using CloudNative.Testing.Agent.Client;

namespace CloudNative.FaultTests.Embedded.Events;

public sealed class IdleTests
{
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(3);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Idle_ThreeProcessesWithSubscriptions_WriteNothing()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "reads /proc/<pid>/io");
        await using var app = new App();
        var agents = await app.StartAsync(3);
        foreach (var agent in agents)
        {
            foreach (var group in new[] { "billing", "shipping" })
            {
                await agent.Events.SubscribeAsync(
                    new SubscriptionSpec { Topic = "orders", Group = group, LeaseDuration = TimeSpan.FromSeconds(2) },
                    new Collector(delivery => delivery.SettleAsync(Settlement.Complete(), CancellationToken.None).AsTask()),
                    Cancelled);
            }
        }

        await agents[0].CallAsync("publish orders e 200 10 8", Cancelled);
        // Quiet is a length of time; there is no event to wait for. The first part lets what was under way finish.
        await Task.Delay(Quiet, Cancelled);
        var before = Look(app.DataDirectory, agents);
        Assert.Contains(before, line => line.StartsWith("events.db-wal ", StringComparison.Ordinal));
        await Task.Delay(Quiet, Cancelled);
        Assert.Equal(before, Look(app.DataDirectory, agents));
    }

    private static List<string> Look(string directory, IEnumerable<AgentProcess> agents) =>
    [
        .. new DirectoryInfo(directory).GetFiles("*", SearchOption.AllDirectories).OrderBy(file => file.FullName)
            .Where(file => !file.Name.EndsWith("-shm", StringComparison.Ordinal)) // Shared memory: readers mark their place in it.
            .Select(file => string.Create(CultureInfo.InvariantCulture, $"{file.Name} {file.Length} {file.LastWriteTimeUtc:O}")),
        .. agents.Select(agent => File.ReadLines($"/proc/{agent.Process.Id}/io")
            .First(line => line.StartsWith("write_bytes", StringComparison.Ordinal))),
    ];
}
