using CloudNative.Comparison.Load;
using CloudNative.Comparison.Peers;

namespace CloudNative.Comparison.Scenarios;

/// <summary>One of three instances answers 500 to everything, at once; a hundred callers, over sockets.</summary>
internal static class OneOfThreeErring
{
    public const string Name = "1 of 3 answers 500";
    public const string Share = "to the erring %";
    private const int Callers = 100;
    private const int FewCallers = 15;

    public static async Task<IReadOnlyList<Row>> RunAsync(Scale scale)
    {
        var rows = new List<Row>();
        foreach (var create in Lineup.All)
        {
            rows.Add(await MeasureAsync(create, Callers, scale));
        }

        return rows;
    }

    /// <summary>All at once: it is about shares, not rates. Few callers, so that the first moment counts for little.</summary>
    public static async Task<IReadOnlyList<Row>> RunShortAsync() => await Task.WhenAll(
        Lineup.Others.Concat([Stacks.Here, Stacks.Plain, GrpcStacks.Here])
            .Select(create => MeasureAsync(create, FewCallers, Scale.Quick)));

    private static async Task<Row> MeasureAsync(CreateStack create, int callers, Scale scale)
    {
        await using var instances = await Instances.StartAsync([new Conduct(), new Conduct(), new Conduct(500, Milliseconds: 0)]);
        await using var stack = create(instances.Settings());
        var results = new List<LoadResult>();
        for (var round = 0; round < scale.Rounds; round++)
        {
            results.Add(await ClosedLoop.RunAsync(stack.Call(), callers, scale.Load));
        }

        var (good, failed) = (results.Sum(result => result.Good), results.Sum(result => result.Failed));
        return new Row(Name, stack.Name, new Dictionary<string, double>
        {
            ["good rps"] = results.Average(result => result.GoodPerSecond),
            ["success %"] = 100.0 * good / (good + failed),
            [Share] = 100.0 * instances.RequestsOfEach[2] / instances.Requests,
        });
    }
}
