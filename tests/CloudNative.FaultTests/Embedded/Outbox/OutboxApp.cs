using CloudNative.Eventing;
using CloudNative.FaultTests.Embedded.Events;
using CloudNative.FaultTests.Support;
using CloudNative.Testing;
using CloudNative.Testing.Agent.Client;
using CloudNative.Testing.Agent.Outbox;
using CloudNative.Testing.Agent.Storm;

namespace CloudNative.FaultTests.Embedded.Outbox;

/// <summary>Ordering and shipping, each a process with a database of its own, on one log.</summary>
internal sealed class OutboxApp : IAsyncDisposable
{
    private readonly App _app = new();
    private readonly TemporaryDirectory _directory = new();
    private readonly List<ChildProcess> _processes = [];
    private IEventSubscription? _watcher;

    private string Orders => _directory.Combine("orders.db");

    private string Parcels => _directory.Combine("parcels.db");

    /// <summary>Events that wait in the outbox.</summary>
    public long InOutbox => EffectStore.Count(Orders, "cloudnative_outbox");

    public long Placed => EffectStore.Count(Orders, "placed");

    /// <summary>The orders that were shipped, in order, each as often as it was.</summary>
    public IEnumerable<long> Shipped => EffectStore.Read(Parcels).Select(effect => effect.Number);

    public async Task<ChildProcess> StartAsync(Role role)
    {
        var database = role is Role.Shipping or Role.ShippingDiesAfterCommit ? Parcels : Orders;
        var process = ChildProcess.Start(ChildProcessOptions.ForAssembly(
            AgentProgram.Path, "outbox", role.ToString(), _app.DataDirectory, database));
        _processes.Add(process);
        await process.WaitForLineAsync(line => line == "ready", TestContext.Current.CancellationToken);
        return process;
    }

    /// <summary>How many events the log holds: what a group that handles nothing has before it.</summary>
    public async Task<long> InLogAsync()
    {
        _watcher ??= await (await _app.StartAsync()).Events.SubscribeAsync(
            new SubscriptionSpec { Topic = "orders", Group = "watcher" }, new Collector(), TestContext.Current.CancellationToken);
        return (await _watcher.GetBacklogAsync(TestContext.Current.CancellationToken)).Waiting;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var process in _processes)
        {
            await process.DisposeAsync();
        }

        await _app.DisposeAsync();
        _directory.Dispose();
    }
}
