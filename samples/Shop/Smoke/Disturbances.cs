using CloudNative.Local;

namespace Shop.Smoke;

/// <summary>What befalls the shop while its customers order.</summary>
internal sealed class Disturbances(ILocalApp app, ShopApi shop, SmokeReport report, TimeProvider time)
{
    private const string Victim = "catalog-1";

    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(5);

    /// <summary>Kills one of the two catalog replicas, and waits until it answers again.</summary>
    public async Task KillCatalogAsync(Task when, CancellationToken cancellationToken)
    {
        await when.WaitAsync(cancellationToken);
        Console.WriteLine($"smoke: {Victim} is killed (SIGKILL)");
        var killed = time.GetTimestamp();
        await app.KillAsync("catalog", 1, cancellationToken);
        await UntilAsync(replicas => !replicas.Contains(Victim), cancellationToken);
        report.Noticed = time.GetElapsedTime(killed);
        Console.WriteLine($"smoke: the gateway noticed after {report.Noticed.TotalMilliseconds:0} ms");
        await UntilAsync(replicas => replicas.Contains(Victim), cancellationToken);
        report.CatalogBack = time.GetElapsedTime(killed);
        Console.WriteLine($"smoke: {Victim} takes calls again after {report.CatalogBack.TotalSeconds:0.0} s");
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

    private async Task UntilAsync(Predicate<string[]> seen, CancellationToken cancellationToken)
    {
        while (!seen(await shop.GetReplicasAsync("catalog", cancellationToken)))
        {
            await Task.Delay(Step, time, cancellationToken);
        }
    }
}
