using CloudNative.Comparison.Load;
using CloudNative.Comparison.Peers;

namespace CloudNative.Comparison.Scenarios;

/// <summary>One of ten instances takes ten times as long; forty callers, over sockets. Without and with it, in turns.</summary>
internal static class OneOfTenSlow
{
    public const string Name = "1 of 10 ten times slower";
    public const string Ratio = "p99 / healthy p99";
    private const int Callers = 40;
    private const int Usual = 5;

    public static async Task<IReadOnlyList<Row>> RunAsync(Scale scale)
    {
        CreateStack[] stacks = [Stacks.Here, Stacks.RoundRobin, Stacks.ServiceDefaults, Stacks.Hedging];
        var nine = Enumerable.Repeat(new Conduct(Milliseconds: Usual), 9).ToList();
        await using var healthy = await Instances.StartAsync(nine.Append(new Conduct(Milliseconds: Usual)));
        await using var hurt = await Instances.StartAsync(nine.Append(new Conduct(Milliseconds: 10 * Usual)));
        var rows = new List<Row>();
        foreach (var create in stacks)
        {
            rows.Add(await CompareAsync(create, healthy, hurt, scale));
        }

        return rows;
    }

    private static async Task<Row> CompareAsync(CreateStack create, Instances healthy, Instances hurt, Scale scale)
    {
        await using var calm = create(healthy.Settings());
        await using var slow = create(hurt.Settings());
        await ClosedLoop.RunAsync(calm.Client("a"), Callers, TimeSpan.FromSeconds(1));
        await ClosedLoop.RunAsync(slow.Client("a"), Callers, TimeSpan.FromSeconds(1));
        var (before, after) = (new List<LoadResult>(), new List<LoadResult>());
        for (var round = 0; round < scale.Rounds; round++)
        {
            before.Add(await ClosedLoop.RunAsync(calm.Client("a"), Callers, scale.Load, timed: true));
            after.Add(await ClosedLoop.RunAsync(slow.Client("a"), Callers, scale.Load, timed: true));
        }

        return new Row(Name, calm.Name, new Dictionary<string, double>
        {
            ["p50, ms"] = Median(after, 0.5),
            ["p99, ms"] = Median(after, 0.99),
            ["healthy p99, ms"] = Median(before, 0.99),
            [Ratio] = Median(after, 0.99) / Median(before, 0.99),
        });
    }

    private static double Median(List<LoadResult> results, double share) =>
        results.Select(result => result.Latency(share)).Order().ElementAt(results.Count / 2);
}
