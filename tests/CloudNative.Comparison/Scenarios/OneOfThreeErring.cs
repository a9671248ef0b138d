using CloudNative.Comparison.Load;
using CloudNative.Comparison.Peers;
using Microsoft.Extensions.DependencyInjection;

namespace CloudNative.Comparison.Scenarios;

/// <summary>One of three instances answers 500 to everything, at once; a hundred callers, over sockets.</summary>
internal static class OneOfThreeErring
{
    public const string Name = "1 of 3 answers 500";
    private const int Callers = 100;

    private delegate Stack Create(IReadOnlyDictionary<string, string?> settings, Action<IServiceCollection>? more = null);

    public static async Task<IReadOnlyList<Row>> RunAsync(Scale scale)
    {
        Create[] stacks =
        [
            Stacks.Here, Stacks.WithoutEjection, Stacks.ServiceDefaults, Stacks.Hedging, Stacks.ByAuthority, Stacks.Polly, Stacks.Plain,
            Stacks.Yarp,
        ];

        var rows = new List<Row>();
        foreach (var create in stacks)
        {
            await using var instances = await Instances.StartAsync([new Conduct(), new Conduct(), new Conduct(500, Milliseconds: 0)]);
            await using var stack = create(instances.Settings());
            var results = new List<LoadResult>();
            for (var round = 0; round < scale.Rounds; round++)
            {
                results.Add(await ClosedLoop.RunAsync(stack.Client("a"), Callers, scale.Load));
            }

            var (good, failed) = (results.Sum(result => result.Good), results.Sum(result => result.Failed));
            rows.Add(new Row(Name, stack.Name, new Dictionary<string, double>
            {
                ["good rps"] = results.Average(result => result.GoodPerSecond),
                ["success %"] = 100.0 * good / (good + failed),
            }));
        }

        return rows;
    }
}
