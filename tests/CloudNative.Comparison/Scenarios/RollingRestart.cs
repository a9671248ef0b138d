using CloudNative.Comparison.Load;
using CloudNative.Comparison.Peers;
using CloudNative.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace CloudNative.Comparison.Scenarios;

/// <summary>
/// Five replicas in processes of their own are restarted one after another, again and again, while three callers send GETs and three send
/// POSTs without a pause, over HTTP and over gRPC (whose methods stand for the two). All who share a fleet see the same restarts.
/// </summary>
internal static class RollingRestart
{
    public const string Name = "rolling restarts of 5 replicas";
    public const string GoodGets = "good GETs a second";
    public const string FailedGets = "GETs failed";
    public const string Posts = "POSTs";
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
            .. await MeasureAsync(
                [.. Enumerable.Range(0, Replicas).Select(_ => Replica.Here(directory.Path))],
                [
                    Stacks.Here(settings, services => services.AddCloudNativeEmbedded()),
                    GrpcStacks.Here(settings, services => services.AddCloudNativeEmbedded()),
                ],
                rounds),
            .. await MeasureAtPortsAsync(Math.Clamp(rounds / 2, 1, 2)),
        ];
    }

    private static async Task<IReadOnlyList<Row>> MeasureAtPortsAsync(int rounds)
    {
        var ports = Enumerable.Range(0, Replicas).Select(_ => (Http: FreePort.Find(), Grpc: FreePort.Find())).ToList();
        var settings = ports.Index().SelectMany(port => new[]
        {
            KeyValuePair.Create(ServiceAddresses.Key("catalog", Face.Http, port.Index), (string?)$"http://127.0.0.1:{port.Item.Http}"),
            KeyValuePair.Create(ServiceAddresses.Key("catalog", Face.Grpc, port.Index), (string?)$"http://127.0.0.1:{port.Item.Grpc}"),
        }).ToDictionary();
        return await MeasureAsync(
            [.. ports.Select(port => Replica.At([(Face.Http, port.Http), (Face.Grpc, port.Grpc)]))],
            [
                Stacks.Blind(settings), Stacks.SwitchedOff(settings), Stacks.ServiceDefaults(settings), Stacks.Plain(settings),
                GrpcStacks.Blind(settings), GrpcStacks.RoundRobin(settings),
            ],
            rounds);
    }

    private static async Task<IReadOnlyList<Row>> MeasureAsync(
        IReadOnlyList<Replica> replicas, IReadOnlyList<Stack> stacks, int rounds)
    {
        await Task.WhenAll(replicas.Select(replica => replica.StartAsync()));
        using var done = new CancellationTokenSource();
        var rows = stacks.Select(stack => CallAsync(stack, rounds, done.Token)).ToList();
        for (var restart = 0; restart < rounds * Replicas; restart++)
        {
            await replicas[restart % Replicas].RestartAsync();
        }

        await done.CancelAsync();
        var seen = await Task.WhenAll(rows);
        foreach (var part in stacks.Concat<IAsyncDisposable>(replicas))
        {
            await part.DisposeAsync();
        }

        return seen;
    }

    private static async Task<Row> CallAsync(Stack stack, int rounds, CancellationToken done)
    {
        var gets = ClosedLoop.RunAsync(stack.Call(), Callers, _most, until: done);
        var posts = ClosedLoop.RunAsync(stack.Call(safe: false), Callers, _most, until: done);
        var (get, post) = (await gets, await posts);
        return new Row(Name, stack.Name, new Dictionary<string, double>
        {
            ["restarts"] = rounds * Replicas,
            ["seconds"] = get.Elapsed.TotalSeconds,
            [GoodGets] = get.GoodPerSecond,
            ["GETs"] = get.Good + get.Failed,
            [FailedGets] = get.Failed,
            [Posts] = post.Good + post.Failed,
            [FailedPosts] = post.Failed,
        });
    }
}
