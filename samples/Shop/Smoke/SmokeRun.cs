using CloudNative.Local;

namespace Shop.Smoke;

/// <summary>
/// The course of the smoke: shoppers order while two processes are killed and a service restarts; then everything is counted.
/// The seed decides which process that handles events is killed, and when.
/// </summary>
internal sealed class SmokeRun(ILocalApp app, SmokeReport report, int seed, TimeProvider time)
{
    private const int Orders = 200;
    private const int Shoppers = 8;
    private const int KillCatalogAfter = 60;
    private const int RestartAfter = 120;

    // Long enough for what waits out a restart, short enough to end a run that hangs.
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(Limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        var gateway = app.Services.Single(service => service.Name == "gateway").Replicas[0].Address!;
        using var http = new HttpClient { BaseAddress = gateway, Timeout = TimeSpan.FromSeconds(60) };
        Console.WriteLine($"smoke: {Orders} orders by {Shoppers} shoppers through {gateway}; seed {seed}");
        try
        {
            await RunAsync(http, either.Token);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            throw new TimeoutException($"The smoke was not done after {Limit.TotalMinutes:0} minutes.");
        }
    }

    private async Task RunAsync(HttpClient http, CancellationToken cancellationToken)
    {
        var began = time.GetTimestamp();
        var shop = new ShopApi(http, report.Requests, time);
        var lists = new ShopLists(http);
        var before = await lists.MeasureAsync(cancellationToken);
        var ledger = new Ledger(Orders);
        var disturbances = new Disturbances(app, lists, report, time);
        var random = new Random(seed);
        var handler = random.Next(2) == 0 ? "payments" : "shipping";
        var killHandlerAfter = random.Next(20, 180);
        await Task.WhenAll(
        [
            .. Enumerable.Range(0, Shoppers).Select(_ => new Shopper(shop, ledger).ShopAsync(cancellationToken)),
            disturbances.KillCatalogAsync(ledger.WhenPlaced(KillCatalogAfter), cancellationToken),
            disturbances.KillHandlerAsync(handler, ledger.WhenPlaced(killHandlerAfter), cancellationToken),
            disturbances.RestartOrderingAsync(ledger.WhenPlaced(RestartAfter), cancellationToken),
        ]);
        report.Took = time.GetElapsedTime(began);
        var orders = await new Settling(lists, ledger, time).WaitAsync(before, cancellationToken);
        new Count(ledger, report).Compare(orders);
        new Fulfilment(report).Compare(
            orders,
            await lists.PaymentsAsync(before, cancellationToken),
            await lists.ShipmentsAsync(before, cancellationToken));
    }
}
