using CloudNative.Local;

namespace Shop.Smoke;

/// <summary>The course of the smoke: shoppers order while a replica is killed and a service restarts; then everything is counted.</summary>
internal sealed class SmokeRun(ILocalApp app, SmokeReport report, TimeProvider time)
{
    private const int Orders = 200;
    private const int Shoppers = 8;
    private const int KillAfter = 60;
    private const int RestartAfter = 120;

    // Long enough for what waits out a restart, short enough to end a run that hangs.
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(Limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        var gateway = app.Services.Single(service => service.Name == "gateway").Replicas[0].Address!;
        using var shop = new ShopApi(gateway, report.Requests, time);
        Console.WriteLine($"smoke: {Orders} orders by {Shoppers} shoppers through {gateway}");
        try
        {
            await RunAsync(shop, either.Token);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            throw new TimeoutException($"The smoke was not done after {Limit.TotalMinutes:0} minutes.");
        }
    }

    private async Task RunAsync(ShopApi shop, CancellationToken cancellationToken)
    {
        var began = time.GetTimestamp();
        var before = await shop.GetLastNumberAsync(cancellationToken);
        var ledger = new Ledger(Orders);
        var disturbances = new Disturbances(app, shop, report, time);
        await Task.WhenAll(
        [
            .. Enumerable.Range(0, Shoppers).Select(_ => new Shopper(shop, ledger).ShopAsync(cancellationToken)),
            disturbances.KillCatalogAsync(ledger.WhenPlaced(KillAfter), cancellationToken),
            disturbances.RestartOrderingAsync(ledger.WhenPlaced(RestartAfter), cancellationToken),
        ]);
        report.Took = time.GetElapsedTime(began);
        await new Count(shop, ledger, report).CompareAsync(before, cancellationToken);
    }
}
