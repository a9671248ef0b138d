using CloudNative.Local;

namespace Shop.Smoke;

/// <summary>What befalls the shop while its customers order.</summary>
internal sealed class Disturbances(ILocalApp app, ShopLists shop, SmokeReport report, TimeProvider time)
{
    private const string Victim = "catalog-1";

    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(5);

    /// <summary>Kills one of the two catalog replicas, and waits until it answers again.</summary>
    public async Task KillCatalogAsync(Task when, CancellationToken cancellationToken)
    {
        await when.WaitAsync(cancellationToken);
        var victims = Ids(await shop.ReplicasAsync("catalog", cancellationToken)).ToList();
        Console.WriteLine($"smoke: {Victim} is killed (SIGKILL)");
        var killed = time.GetTimestamp();
        await app.KillAsync("catalog", 1, cancellationToken);
        await UntilAsync(replicas => !Ids(replicas).Intersect(victims).Any(), cancellationToken);
        report.Noticed = time.GetElapsedTime(killed);
        Console.WriteLine($"smoke: the gateway noticed after {report.Noticed.TotalMilliseconds:0} ms");
        await UntilAsync(replicas => Ids(replicas).Except(victims).Any(), cancellationToken);
        report.CatalogBack = time.GetElapsedTime(killed);
        Console.WriteLine($"smoke: {Victim} takes calls again after {report.CatalogBack.TotalSeconds:0.0} s");
    }

    /// <summary>Waits until a process has events in hand, kills it, and waits until it is ready again.</summary>
    public async Task KillHandlerAsync(string service, Task when, CancellationToken cancellationToken)
    {
        await when.WaitAsync(cancellationToken);
        var starts = Replica(service).Starts;
        using var probe = new HandlerProbe(Replica(service).Address!);
        while ((report.InHand = await probe.InHandAsync(cancellationToken)) == 0)
        {
            await Task.Yield(); // It has them for some milliseconds; a pause would miss them.
        }

        var killed = time.GetTimestamp();
        Console.WriteLine($"smoke: {service}-1 is killed (SIGKILL) with {report.InHand} events in hand");
        await app.KillAsync(service, 1, cancellationToken);
        while (Replica(service) is not { State: LocalReplicaState.Ready } again || again.Starts == starts)
        {
            await Task.Delay(Step, time, cancellationToken);
        }

        report.Handler = $"{service}-1";
        report.HandlerBack = time.GetElapsedTime(killed);
        Console.WriteLine($"smoke: {service}-1 is ready again after {report.HandlerBack.TotalSeconds:0.0} s");
    }

    /// <summary>Restarts the only replica of ordering, as a rollout would.</summary>
    public async Task RestartOrderingAsync(Task when, CancellationToken cancellationToken)
    {
        await when.WaitAsync(cancellationToken);
        Console.WriteLine("smoke: ordering restarts (SIGTERM)");
        var began = time.GetTimestamp();
        await app.RestartAsync("ordering", cancellationToken);
        report.OrderingBack = time.GetElapsedTime(began);
        Console.WriteLine($"smoke: ordering is ready again after {report.OrderingBack.TotalSeconds:0.0} s");
    }

    private LocalReplica Replica(string service) => app.Services.Single(found => found.Name == service).Replicas[0];

    // By id, not by name: a registry may list one that was killed beside the one that came in its place for a while.
    private static IEnumerable<string> Ids(IEnumerable<Replica> replicas) =>
        replicas.Where(replica => replica.Name == Victim).Select(replica => replica.Id);

    private async Task UntilAsync(Predicate<Replica[]> seen, CancellationToken cancellationToken)
    {
        while (!seen(await shop.ReplicasAsync("catalog", cancellationToken)))
        {
            await Task.Delay(Step, time, cancellationToken);
        }
    }
}
