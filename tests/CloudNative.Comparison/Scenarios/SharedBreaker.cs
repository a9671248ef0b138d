using CloudNative.Comparison.Load;
using CloudNative.Comparison.Peers;

namespace CloudNative.Comparison.Scenarios;

/// <summary>Two dependencies, two named clients, one of them fails: does the other one still get its answers?</summary>
internal static class SharedBreaker
{
    public const string Name = "another dependency fails";

    public static async Task<IReadOnlyList<Row>> RunAsync()
    {
        await using var healthy = await Instances.StartAsync(healthy: 1, milliseconds: 0);
        await using var failing = await Instances.StartAsync(healthy: 1, status: 503, milliseconds: 0);
        var settings = new Dictionary<string, string?>(healthy.Settings("good").Concat(failing.Settings("bad")));
        return await Task.WhenAll(
            MeasureAsync(Stacks.Here(settings)),
            MeasureAsync(Stacks.SwitchedOff(settings)),
            MeasureAsync(Stacks.ServiceDefaults(settings)));
    }

    private static async Task<Row> MeasureAsync(Stack stack)
    {
        await using (stack)
        {
            using var bad = stack.Client("bad");
            using var good = stack.Client("good");
            // POST needs no retries to fail often; enough calls for a breaker to judge by.
            await ClosedLoop.RunAsync(bad, callers: 150, TimeSpan.FromSeconds(8), 300, HttpMethod.Get, "http://bad/");
            var result = await ClosedLoop.RunAsync(good, callers: 5, TimeSpan.FromSeconds(5), 50, HttpMethod.Get, "http://good/");
            return new Row(Name, stack.Name, new Dictionary<string, double>
            {
                ["calls to the healthy one"] = result.Good + result.Failed,
                ["success %"] = 100 * result.Success,
            });
        }
    }
}
