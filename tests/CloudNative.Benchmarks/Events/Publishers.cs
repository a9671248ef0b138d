using System.Diagnostics;

namespace CloudNative.Benchmarks.Events;

/// <summary>Publishers that each await one acknowledgement after another, for a time.</summary>
internal static class Publishers
{
    public static async Task<PublishResult> RunAsync(int count, TimeSpan duration, Func<Task> publish)
    {
        var begun = Stopwatch.GetTimestamp();
        var all = await Task.WhenAll(Enumerable.Range(0, count).Select(_ => Task.Run(async () =>
        {
            var latencies = new List<double>();
            while (Stopwatch.GetElapsedTime(begun) < duration)
            {
                var started = Stopwatch.GetTimestamp();
                await publish();
                latencies.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            }

            return latencies;
        })));
        var elapsed = Stopwatch.GetElapsedTime(begun).TotalSeconds;
        return new PublishResult(all.Sum(latencies => latencies.Count) / elapsed, [.. all.SelectMany(latencies => latencies).Order()]);
    }
}
