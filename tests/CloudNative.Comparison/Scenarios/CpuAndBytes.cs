using CloudNative.Comparison.Load;
using CloudNative.Comparison.Peers;
using Microsoft.Extensions.DependencyInjection;

namespace CloudNative.Comparison.Scenarios;

/// <summary>
/// What the pipeline costs a call, over a bare client of IHttpClientFactory, on loopback sockets with the server in
/// the same process. The server's part is the same for all, so only the difference to the bare client says something.
/// The stacks take turns, first one way round, then the other.
/// </summary>
internal static class CpuAndBytes
{
    public const string SmallName = "cost, small body";
    public const string StreamedName = "cost, streamed body";
    private const int Callers = 8;

    public static async Task<IReadOnlyList<Row>> RunAsync(Scale scale, bool streamed)
    {
        await using var instances = await Instances.StartAsync(healthy: 3, milliseconds: 0, streamed: streamed);
        var settings = instances.Settings();
        await using var bare = Stack.Create("bare HttpClient", settings, services => services.AddHttpClient());
        await using var here = Stacks.Here(settings);
        await using var off = Stack.Create(
            Stacks.SwitchedOffName, Stacks.OffSettings(settings), services => services.AddCloudNativeHttp().AddHttpClient());
        await using var defaults = Stacks.ServiceDefaults(settings);
        await using var hedging = Stacks.Hedging(settings);
        Cost[] costs =
        [
            new(bare, instances.Addresses[0]),
            new(here, "http://catalog/"),
            new(off, instances.Addresses[0]),
            new(defaults, "http://catalog/"),
            new(hedging, "http://catalog/"),
        ];
        foreach (var cost in costs)
        {
            // Twice as much as is measured: tiered compilation must be done.
            await RunAsync(cost, scale.Operations * 2);
        }

        for (var round = 0; round < scale.Rounds * 4; round++)
        {
            foreach (var cost in round % 2 == 0 ? costs : costs.Reverse())
            {
                await MeasureAsync(cost, scale.Operations);
            }
        }

        return [.. costs.Select(cost => cost.ToRow(streamed ? StreamedName : SmallName, costs[0]))];
    }

    private static async Task MeasureAsync(Cost cost, int operations)
    {
        GC.Collect();
        var bytes = GC.GetTotalAllocatedBytes(precise: true);
        var cpu = Environment.CpuUsage.TotalTime;
        await RunAsync(cost, operations);
        cost.Add(
            (Environment.CpuUsage.TotalTime - cpu).TotalNanoseconds / operations,
            (GC.GetTotalAllocatedBytes(precise: true) - bytes) / (double)operations);
    }

    private static async Task RunAsync(Cost cost, int operations)
    {
        using var client = cost.Stack.Client("a");
        var result = await ClosedLoop.RunAsync(client, Callers, TimeSpan.FromMinutes(2), operations, HttpMethod.Get, cost.Uri);
        if (result.Failed > 0)
        {
            throw new InvalidOperationException($"{cost.Stack.Name} failed {result.Failed} calls to a healthy service.");
        }
    }

    private sealed class Cost(Stack stack, string uri)
    {
        private readonly List<double> _nanoseconds = [];
        private readonly List<double> _bytes = [];

        public Stack Stack => stack;

        public string Uri => uri;

        public void Add(double nanoseconds, double bytes)
        {
            _nanoseconds.Add(nanoseconds);
            _bytes.Add(bytes);
        }

        public Row ToRow(string scenario, Cost floor) => new(scenario, stack.Name, new Dictionary<string, double>
        {
            ["CPU ns/op, server included"] = Median(_nanoseconds),
            ["over bare, ns"] = Median(_nanoseconds) - Median(floor._nanoseconds),
            ["± ns (quartiles)"] = (Quantile(_nanoseconds, 0.75) - Quantile(_nanoseconds, 0.25)) / 2,
            ["over bare, B"] = Median(_bytes) - Median(floor._bytes),
        });

        private static double Median(List<double> values) => Quantile(values, 0.5);

        private static double Quantile(List<double> values, double share) => values.Order().ElementAt((int)((values.Count - 1) * share));
    }
}
