using CloudNative.Comparison.Load;
using CloudNative.Comparison.Peers;

namespace CloudNative.Comparison.Scenarios;

/// <summary>What a service that answers 503 to everything gets for one request of its caller: GET and POST.</summary>
internal static class FailingServer
{
    public const string Name = "all answer 503";

    public static async Task<IReadOnlyList<Row>> RunAsync()
    {
        // All at once: the peer spends most of its time waiting between its attempts.
        return await Task.WhenAll(
            MeasureAsync(HttpMethod.Get, settings => Stacks.Here(settings)),
            MeasureAsync(HttpMethod.Get, settings => Stacks.ServiceDefaults(settings)),
            MeasureAsync(HttpMethod.Post, settings => Stacks.Here(settings)),
            MeasureAsync(HttpMethod.Post, settings => Stacks.ServiceDefaults(settings)));
    }

    private static async Task<Row> MeasureAsync(HttpMethod method, Func<IReadOnlyDictionary<string, string?>, Stack> create)
    {
        await using var failing = await Instances.StartAsync(healthy: 1, status: 503, milliseconds: 0);
        await using var stack = create(failing.Settings());
        using var client = stack.Client("a");
        // Few calls, so that the peer's breaker (a hundred in half a minute) does not hide its retries; ours gets
        // enough to spend its share.
        var calls = stack.Name == Stacks.HereName ? 1000 : 20;
        var result = await ClosedLoop.RunAsync(client, callers: 20, TimeSpan.FromMinutes(2), calls, method);
        return new Row($"{Name}, {method}", stack.Name, new Dictionary<string, double>
        {
            ["calls"] = result.Good + result.Failed,
            ["requests sent"] = failing.Requests,
            ["amplification"] = (double)failing.Requests / (result.Good + result.Failed),
        });
    }
}
