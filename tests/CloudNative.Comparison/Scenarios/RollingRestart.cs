using CloudNative.Comparison.Load;
using CloudNative.Comparison.Peers;
using CloudNative.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace CloudNative.Comparison.Scenarios;

/// <summary>
/// Five replicas in processes of their own are restarted one after another, again and again, while three callers send GETs and three send
/// POSTs without a pause.
/// </summary>
internal static class RollingRestart
{
    public const string Name = "rolling restarts of 5 replicas";
    public const string FailedGets = "GETs failed";
    public const string FailedPosts = "POSTs failed";
    private const int Replicas = 5;
    private const int Callers = 3;

    private static readonly TimeSpan _most = TimeSpan.FromHours(1);

    public static async Task<IReadOnlyList<Row>> RunAsync(int rounds)
    {
        using var directory = new TemporaryDirectory();
        var settings = new Dictionary<string, string?>
        {
            ["CloudNative:Embedded:DataDirectory"] = directory.Path,
            ["CloudNative:Discovery:Provider"] = "Embedded",
        };
        return
        [
            await MeasureAsync(
                Enumerable.Range(0, Replicas).Select(_ => Replica.Here(directory.Path)),
                _ => Stacks.Here(settings, services => services.AddCloudNativeEmbedded()),
                rounds),
            await MeasureAsync(
                Enumerable.Range(0, Replicas).Select(_ => Replica.AtPort()),
                replicas => Stacks.ServiceDefaults(Settings(replicas)),
                Math.Min(rounds, 2)),
        ];
    }

    private static Dictionary<string, string?> Settings(IEnumerable<Replica> replicas) => replicas.Index()
        .ToDictionary(replica => $"Services:catalog:http:{replica.Index}", replica => (string?)replica.Item.Address);

    private static async Task<Row> MeasureAsync(IEnumerable<Replica> planned, Func<IReadOnlyList<Replica>, Stack> create, int rounds)
    {
        var replicas = planned.ToList();
        foreach (var replica in replicas)
        {
            await replica.StartAsync();
        }

        await using var stack = create(replicas);
        using var client = stack.Client("a");
        using var done = new CancellationTokenSource();
        var gets = ClosedLoop.RunAsync(client, Callers, _most, until: done.Token);
        var posts = ClosedLoop.RunAsync(client, Callers, _most, method: HttpMethod.Post, until: done.Token);
        for (var restart = 0; restart < rounds * Replicas; restart++)
        {
            await replicas[restart % Replicas].RestartAsync();
        }

        await done.CancelAsync();
        var (get, post) = (await gets, await posts);
        foreach (var replica in replicas)
        {
            await replica.DisposeAsync();
        }

        return new Row(Name, stack.Name, new Dictionary<string, double>
        {
            ["restarts"] = rounds * Replicas,
            ["seconds"] = get.Elapsed.TotalSeconds,
            ["good GETs a second"] = get.GoodPerSecond,
            ["GETs"] = get.Good + get.Failed,
            [FailedGets] = get.Failed,
            ["POSTs"] = post.Good + post.Failed,
            [FailedPosts] = post.Failed,
        });
    }
}
