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

    /// <param name="call">What each caller does.</param>
    /// <param name="callers">How many.</param>
    /// <param name="duration">How long they call.</param>
    /// <param name="most">The most calls of all together.</param>
    /// <param name="timed">Whether latencies are kept.</param>
    /// <param name="hangsUp">Whether calls that are under way at the end are given up, and not counted.</param>
    /// <param name="until">Ends it sooner.</param>
    public static async Task<LoadResult> RunAsync(
        Call call,
        int callers,
        TimeSpan duration,
        long most = long.MaxValue,
        bool timed = false,
        bool hangsUp = false,
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
                if (hangsUp && end.IsCancellationRequested)
                {
                    break;
                }

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
                return await call(hangsUp ? end.Token : CancellationToken.None);
            }
            catch (Exception)
            {
                return false;
            }
        }
    }
}
