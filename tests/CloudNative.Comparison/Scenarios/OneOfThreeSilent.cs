using CloudNative.Comparison.Load;
using CloudNative.Comparison.Peers;

namespace CloudNative.Comparison.Scenarios;

/// <summary>One of three instances takes connections and requests and never answers; a hundred callers, default timeouts.</summary>
internal static class OneOfThreeSilent
{
    public const string Name = "1 of 3 a black hole";
    private const int Callers = 100;

    // Longer than the default timeout of an attempt, which all stacks share.
    private static readonly TimeSpan _detection = TimeSpan.FromSeconds(13);

    public static async Task<IReadOnlyList<Row>> RunAsync(Scale scale)
    {
        await using var healthy = await Instances.StartAsync(healthy: 2);
        await using var failing = await Instances.StartAsync(healthy: 2, silent: 1);
        var rows = new List<Row>();
        foreach (var create in Lineup.All)
        {
            rows.Add(await MeasureAsync(create, healthy, failing, scale));
        }

        return rows;
    }

    /// <summary>Ours by itself, the others all at once.</summary>
    public static async Task<IReadOnlyList<Row>> RunShortAsync()
    {
        await using var healthy = await Instances.StartAsync(healthy: 2);
        await using var failing = await Instances.StartAsync(healthy: 2, silent: 1);
        return
        [
            await MeasureAsync(Stacks.Here, healthy, failing, Scale.Quick, hangsUp: true),
            .. await Task.WhenAll(Lineup.Others.Append(GrpcStacks.Here).Select(create =>
                MeasureAsync(create, healthy, failing, Scale.Quick, hangsUp: true))),
        ];
    }

    private static async Task<Row> MeasureAsync(
        CreateStack create, Instances healthy, Instances failing, Scale scale, bool hangsUp = false)
    {
        await using var calm = create(healthy.Settings());
        await using var hurt = create(failing.Settings());
        await ClosedLoop.RunAsync(calm.Call(), Callers, TimeSpan.FromSeconds(1));
        var before = await ClosedLoop.RunAsync(calm.Call(), Callers, scale.Load * scale.Rounds, timed: true);
        var first = await ClosedLoop.RunAsync(hurt.Call(), Callers, _detection, hangsUp: hangsUp);
        var after = await ClosedLoop.RunAsync(hurt.Call(), Callers, scale.Load * scale.Rounds, timed: true, hangsUp: hangsUp);
        return new Row(Name, calm.Name, new Dictionary<string, double>
        {
            ["healthy rps"] = before.GoodPerSecond,
            ["rps until detected"] = first.GoodPerSecond,
            ["rps after"] = after.GoodPerSecond,
            ["goodput after %"] = 100 * after.GoodPerSecond / before.GoodPerSecond,
            ["failed"] = first.Failed + after.Failed,
            ["p99 after, ms"] = after.Latencies.Count > 0 ? after.Latency(0.99) : double.NaN,
        });
    }
}
