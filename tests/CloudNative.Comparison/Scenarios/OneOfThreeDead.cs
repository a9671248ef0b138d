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

    private delegate Stack Create(IReadOnlyDictionary<string, string?> settings, Action<IServiceCollection>? more = null);

    public static async Task<IReadOnlyList<Row>> RunAsync(Scale scale)
    {
        Create[] stacks =
        [
            Stacks.Here, Stacks.WithoutEjection, Stacks.ServiceDefaults, Stacks.Hedging, Stacks.ByAuthority, Stacks.Polly, Stacks.Plain,
            Stacks.Yarp,
        ];

        // The healthy fleet has as many live instances as the failing one, so that the goodput of both has the same
        // ceiling.
        await using var healthy = await Instances.StartAsync(healthy: 2);
        await using var failing = await Instances.StartAsync(healthy: 2, dead: 1);
        var rows = new List<Row>();
        foreach (var create in stacks)
        {
            rows.Add(await CompareAsync(create, healthy, failing, scale));
        }

        return rows;
    }

    private static async Task<Row> CompareAsync(Create create, Instances healthy, Instances failing, Scale scale)
    {
        await using var calm = create(healthy.Settings());
        await using var hurt = create(failing.Settings());
        await WarmUpAsync(calm);
        double good = 0, best = 0, successes = 0;
        // The first seconds after the failure are in: the failing side is never warmed up.
        for (var round = 0; round < scale.Rounds; round++)
        {
            var before = await ClosedLoop.RunAsync(calm.Client("a"), Callers, scale.Load);
            var after = await ClosedLoop.RunAsync(hurt.Client("a"), Callers, scale.Load);
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
    public static async Task<Row> RunLongAsync(Scale scale, Func<IReadOnlyDictionary<string, string?>, Stack> create)
    {
        await using var failing = await Instances.StartAsync(healthy: 2, dead: 1);
        await using var here = create(failing.Settings());
        using var counts = new AttemptCounts(here.Services.GetRequiredService<IMeterFactory>());
        using var client = here.Client("a");
        var first = await ClosedLoop.RunAsync(client, Callers, TimeSpan.FromSeconds(1));
        counts.Reset();
        var rest = await ClosedLoop.RunAsync(client, Callers, TimeSpan.FromMinutes(2), scale.Requests);
        var all = new LoadResult(first.Good + rest.Good, first.Failed + rest.Failed, first.Elapsed + rest.Elapsed);
        return new Row($"{Name}, long run", here.Name, new Dictionary<string, double>
        {
            ["requests"] = all.Good + all.Failed,
            ["failed"] = all.Failed,
            ["success %"] = 100 * all.Success,
            ["to the dead after 1 s %"] = 100.0 * counts.Refused / Math.Max(1, counts.All),
        });
    }

    private static async Task WarmUpAsync(Stack stack)
    {
        using var client = stack.Client("a");
        await ClosedLoop.RunAsync(client, Callers, TimeSpan.FromSeconds(1));
    }
}
