using System.Diagnostics.Metrics;
using CloudNative.Comparison.Load;
using CloudNative.Comparison.Peers;
using Microsoft.Extensions.DependencyInjection;

namespace CloudNative.Comparison.Scenarios;

/// <summary>
/// One of three instances refuses connections; a hundred callers, over sockets. Healthy and failing take turns.
/// </summary>
internal static class OneOfThreeDead
{
    public const string Name = "1 of 3 dead";
    private const int Callers = 100;

    public static async Task<IReadOnlyList<Row>> RunAsync(Scale scale)
    {
        // The healthy fleet has as many live instances as the failing one, so that the goodput of both has the same
        // ceiling.
        await using var healthy = await Instances.StartAsync(healthy: 2);
        await using var failing = await Instances.StartAsync(healthy: 2, dead: 1);
        var rows = new List<Row>();
        foreach (var create in Lineup.All)
        {
            rows.Add(await CompareAsync(create, healthy, failing, scale));
        }

        return rows;
    }

    /// <summary>Ours by themselves, the others all at once.</summary>
    public static async Task<IReadOnlyList<Row>> RunShortAsync(Scale scale)
    {
        await using var healthy = await Instances.StartAsync(healthy: 2);
        await using var failing = await Instances.StartAsync(healthy: 2, dead: 1);
        return
        [
            await CompareAsync(Stacks.Here, healthy, failing, scale),
            await CompareAsync(GrpcStacks.Here, healthy, failing, scale),
            .. await Task.WhenAll(Lineup.Others.Select(create => CompareAsync(create, healthy, failing, scale with { Rounds = 1 }))),
        ];
    }

    private static async Task<Row> CompareAsync(CreateStack create, Instances healthy, Instances failing, Scale scale)
    {
        await using var calm = create(healthy.Settings());
        await using var hurt = create(failing.Settings());
        await ClosedLoop.RunAsync(calm.Call(), Callers, TimeSpan.FromSeconds(1));
        double good = 0, best = 0, successes = 0;
        // The first seconds after the failure are in: the failing side is never warmed up.
        for (var round = 0; round < scale.Rounds; round++)
        {
            var before = await ClosedLoop.RunAsync(calm.Call(), Callers, scale.Load);
            var after = await ClosedLoop.RunAsync(hurt.Call(), Callers, scale.Load);
            best += before.GoodPerSecond;
            good += after.GoodPerSecond;
            successes += after.Success;
        }

        return new Row(Name, calm.Name, new Dictionary<string, double>
        {
            ["healthy rps"] = best / scale.Rounds,
            ["failing rps"] = good / scale.Rounds,
            ["goodput %"] = 100 * good / best,
            ["success %"] = 100 * successes / scale.Rounds,
        });
    }

    /// <summary>
    /// Many requests through our side, detection included, and who got the traffic once a second had passed.
    /// </summary>
    public static async Task<Row> RunLongAsync(Scale scale, CreateStack create)
    {
        await using var failing = await Instances.StartAsync(healthy: 2, dead: 1);
        await using var here = create(failing.Settings());
        using var counts = new AttemptCounts(here.Services.GetRequiredService<IMeterFactory>());
        var call = here.Call();
        var first = await ClosedLoop.RunAsync(call, Callers, TimeSpan.FromSeconds(1));
        counts.Reset();
        var rest = await ClosedLoop.RunAsync(call, Callers, TimeSpan.FromMinutes(2), scale.Requests);
        var all = new LoadResult(first.Good + rest.Good, first.Failed + rest.Failed, first.Elapsed + rest.Elapsed);
        return new Row($"{Name}, long run", here.Name, new Dictionary<string, double>
        {
            ["requests"] = all.Good + all.Failed,
            ["failed"] = all.Failed,
            ["success %"] = 100 * all.Success,
            ["to the dead after 1 s %"] = 100.0 * counts.Refused / Math.Max(1, counts.All),
        });
    }
}
