using CloudNative.Comparison.Load;
using CloudNative.Comparison.Peers;

namespace CloudNative.Comparison.Scenarios;

/// <summary>One of ten instances takes ten times as long; forty callers, over sockets. Without and with it, in turns.</summary>
internal static class OneOfTenSlow
{
    public const string Name = "1 of 10 ten times slower";
    public const string Ratio = "p99 / healthy p99";
    public const string Share = "to the slow %";
    private const int Callers = 40;
    private const int FewCallers = 8;
    private const int Usual = 5;

    private static readonly CreateStack[] _stacks =
        [Stacks.Here, Stacks.RoundRobin, Stacks.SwitchedOff, Stacks.ServiceDefaults, Stacks.Hedging];

    public static async Task<IReadOnlyList<Row>> RunAsync(Scale scale)
    {
        var rows = new List<Row>();
        foreach (var create in _stacks)
        {
            rows.Add(await CompareAsync(create, Callers, scale));
        }

        return rows;
    }

    /// <summary>All at once, and so few callers that what they see is the instances and not each other.</summary>
    public static async Task<IReadOnlyList<Row>> RunShortAsync() => await Task.WhenAll(
        _stacks.Select(create => CompareAsync(create, FewCallers, Scale.Quick with { Rounds = 1 })));

    private static async Task<Row> CompareAsync(CreateStack create, int callers, Scale scale)
    {
        var nine = Enumerable.Repeat(new Conduct(Milliseconds: Usual), 9).ToList();
        await using var healthy = await Instances.StartAsync(nine.Append(new Conduct(Milliseconds: Usual)));
        await using var hurt = await Instances.StartAsync(nine.Append(new Conduct(Milliseconds: 10 * Usual)));
        await using var calm = create(healthy.Settings());
        await using var slow = create(hurt.Settings());
        await ClosedLoop.RunAsync(calm.Call(), callers, TimeSpan.FromSeconds(1));
        await ClosedLoop.RunAsync(slow.Call(), callers, TimeSpan.FromSeconds(1));
        var (before, after) = (new List<LoadResult>(), new List<LoadResult>());
        for (var round = 0; round < scale.Rounds; round++)
        {
            before.Add(await ClosedLoop.RunAsync(calm.Call(), callers, scale.Load, timed: true));
            after.Add(await ClosedLoop.RunAsync(slow.Call(), callers, scale.Load, timed: true));
        }

        return new Row(Name, calm.Name, new Dictionary<string, double>
        {
            ["p50, ms"] = Median(after, 0.5),
            ["p99, ms"] = Median(after, 0.99),
            ["healthy p99, ms"] = Median(before, 0.99),
            [Share] = 100.0 * hurt.RequestsOfEach[^1] / hurt.Requests,
            [Ratio] = Median(after, 0.99) / Median(before, 0.99),
        });
    }

    private static double Median(List<LoadResult> results, double share) =>
        results.Select(result => result.Latency(share)).Order().ElementAt(results.Count / 2);
}
