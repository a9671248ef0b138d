using CloudNative.Comparison.Events;

namespace CloudNative.Comparison.Scenarios;

/// <summary>
/// Publish → handle within a process: bytes and rate beside what nobody can do without. The peers take turns, first one way round, then the
/// other; the best round of each counts for the rate, the median for bytes.
/// </summary>
internal static class EventsInMemory
{
    public const string Name = "publish → handle in memory";
    public const string Bytes = "B per event";
    public const string OverFloor = "over the floor, B";
    public const string Share = "% of the floor's rate";
    private const int Publishers = 4;

    public static async Task<IReadOnlyList<Row>> RunAsync(Scale scale)
    {
        EventPeer[] peers =
        [
            await FloorPeer.StartAsync(), await HerePeer.StartAsync(), await WolverinePeer.StartAsync(), await MassTransitPeer.StartAsync(),
        ];
        var costs = peers.Select(peer => new List<(double Rate, double Bytes)>()).ToArray();
        var events = scale.Operations * 4;
        foreach (var peer in peers)
        {
            // Tiered compilation must be done before anything counts.
            await RunAsync(peer, events);
            await RunAsync(peer, events);
        }

        for (var round = 0; round < scale.Rounds * 4; round++)
        {
            for (var turn = 0; turn < peers.Length; turn++)
            {
                var index = round % 2 == 0 ? turn : peers.Length - 1 - turn;
                costs[index].Add(await MeasureAsync(peers[index], events));
            }
        }

        foreach (var peer in peers)
        {
            await peer.DisposeAsync();
        }

        return [.. peers.Select((peer, index) => ToRow(peer, costs[index], costs[0]))];
    }

    private static Row ToRow(EventPeer peer, List<(double Rate, double Bytes)> costs, List<(double Rate, double Bytes)> floor) =>
        new(Name, peer.Name, new Dictionary<string, double>
        {
            ["events/s"] = costs.Max(cost => cost.Rate),
            [Share] = 100 * costs.Max(cost => cost.Rate) / floor.Max(cost => cost.Rate),
            [Bytes] = Median(costs),
            [OverFloor] = Median(costs) - Median(floor),
        });

    private static double Median(List<(double Rate, double Bytes)> costs) =>
        costs.Select(cost => cost.Bytes).Order().ElementAt(costs.Count / 2);

    private static async Task<(double Rate, double Bytes)> MeasureAsync(EventPeer peer, int events)
    {
        GC.Collect();
        var bytes = GC.GetTotalAllocatedBytes(precise: true);
        var begun = TimeProvider.System.GetTimestamp();
        await RunAsync(peer, events);
        var elapsed = TimeProvider.System.GetElapsedTime(begun);
        return (events / elapsed.TotalSeconds, (GC.GetTotalAllocatedBytes(precise: true) - bytes) / (double)events);
    }

    private static async Task RunAsync(EventPeer peer, int events)
    {
        var handled = peer.Counter.Expect(events);
        await Task.WhenAll(Enumerable.Range(0, Publishers).Select(_ => Task.Run(async () =>
        {
            for (var i = 0; i < events / Publishers; i++)
            {
                await peer.PublishAsync(Sale.Next);
            }
        })));
        await handled.WaitAsync(TimeSpan.FromMinutes(2), TimeProvider.System);
    }
}
