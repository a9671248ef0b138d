using System.Collections.Concurrent;

namespace CloudNative.Comparison.Load;

/// <summary>
/// Callers who each send their next request when the last one is done. A caller who failed at once pauses, as people
/// and queues do.
/// </summary>
internal static class ClosedLoop
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);

    public static Task<LoadResult> RunAsync(
        HttpClient client,
        int callers,
        TimeSpan duration,
        long most = long.MaxValue,
        HttpMethod? method = null,
        string uri = HttpCall.Catalog,
        bool timed = false) => RunAsync(HttpCall.By(client, method, uri), callers, duration, most, timed);

    public static async Task<LoadResult> RunAsync(
        Call call,
        int callers,
        TimeSpan duration,
        long most = long.MaxValue,
        bool timed = false,
        CancellationToken until = default)
    {
        long good = 0, failed = 0, sent = 0, ended = 0;
        var latencies = new ConcurrentBag<List<double>>();
        var began = TimeProvider.System.GetTimestamp();
        using var end = new CancellationTokenSource(duration, TimeProvider.System);
        await Task.WhenAll(Enumerable.Range(0, callers).Select(_ => Task.Run(CallAsync)));
        return new LoadResult(good, failed, TimeProvider.System.GetElapsedTime(began, ended))
        {
            Latencies = [.. latencies.SelectMany(caller => caller).Order()],
        };

        async Task CallAsync()
        {
            var mine = new List<double>();
            if (timed)
            {
                latencies.Add(mine);
            }

            while (!end.IsCancellationRequested && !until.IsCancellationRequested && Interlocked.Increment(ref sent) <= most)
            {
                var started = TimeProvider.System.GetTimestamp();
                var isGood = await IsGoodAsync();
                if (timed)
                {
                    mine.Add(TimeProvider.System.GetElapsedTime(started).TotalMilliseconds);
                }

                if (isGood)
                {
                    Interlocked.Increment(ref good);
                    continue;
                }

                Interlocked.Increment(ref failed);
                await Task.Delay(Pause, TimeProvider.System, CancellationToken.None);
            }

            // The load is over when the first one leaves; those whose last call hangs do not lengthen it.
            Interlocked.CompareExchange(ref ended, TimeProvider.System.GetTimestamp(), 0);
        }

        async Task<bool> IsGoodAsync()
        {
            try
            {
                return await call(CancellationToken.None);
            }
            catch (Exception)
            {
                return false;
            }
        }
    }
}
