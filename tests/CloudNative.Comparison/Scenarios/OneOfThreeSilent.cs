using CloudNative.Comparison.Load;
using CloudNative.Comparison.Peers;
using Microsoft.Extensions.DependencyInjection;

namespace CloudNative.Comparison.Scenarios;

/// <summary>One of three instances takes connections and requests and never answers; a hundred callers, default timeouts.</summary>
internal static class OneOfThreeSilent
{
    public const string Name = "1 of 3 a black hole";
    private const int Callers = 100;

    // Longer than the default timeout of an attempt, which all stacks share.
    private static readonly TimeSpan _detection = TimeSpan.FromSeconds(13);

    private delegate Stack Create(IReadOnlyDictionary<string, string?> settings, Action<IServiceCollection>? more = null);

    public static Task<IReadOnlyList<Row>> RunAsync(Scale scale) => RunAsync(
        scale, [Stacks.Here, Stacks.WithoutEjection, Stacks.ServiceDefaults, Stacks.Hedging, Stacks.Polly, Stacks.Yarp]);

    public static Task<IReadOnlyList<Row>> RunShortAsync() => RunAsync(Scale.Quick, [Stacks.Here, Stacks.ServiceDefaults]);

    private static async Task<IReadOnlyList<Row>> RunAsync(Scale scale, Create[] stacks)
    {
        await using var healthy = await Instances.StartAsync(healthy: 2);
        await using var failing = await Instances.StartAsync(healthy: 2, silent: 1);
        var rows = new List<Row>();
        foreach (var create in stacks)
        {
            rows.Add(await MeasureAsync(create, healthy, failing, scale));
        }

        return rows;
    }

    private static async Task<Row> MeasureAsync(Create create, Instances healthy, Instances failing, Scale scale)
    {
        await using var calm = create(healthy.Settings());
        await using var hurt = create(failing.Settings());
        await ClosedLoop.RunAsync(calm.Client("a"), Callers, TimeSpan.FromSeconds(1));
        var before = await ClosedLoop.RunAsync(calm.Client("a"), Callers, scale.Load * scale.Rounds, timed: true);
        var first = await ClosedLoop.RunAsync(hurt.Client("a"), Callers, _detection);
        var after = await ClosedLoop.RunAsync(hurt.Client("a"), Callers, scale.Load * scale.Rounds, timed: true);
        return new Row(Name, calm.Name, new Dictionary<string, double>
        {
            ["healthy rps"] = before.GoodPerSecond,
            ["rps until detected"] = first.GoodPerSecond,
            ["rps after"] = after.GoodPerSecond,
            ["goodput after %"] = 100 * after.GoodPerSecond / before.GoodPerSecond,
            ["failed"] = first.Failed + after.Failed,
            ["p99 after, ms"] = after.Latency(0.99),
        });
    }
}
