using System.Collections.Concurrent;

namespace CloudNative.Comparison.Load;

/// <summary>
/// Callers who do not wait for each other: so many calls a second, whatever becomes of them. Each is given up after a while, so that it
/// ends by itself.
/// </summary>
internal sealed class OpenLoop(Call call, TimeSpan patience)
{
    private const int MostUnderWay = 10_000;

    private readonly ConcurrentBag<Made> _calls = [];
    private readonly List<Task> _underWay = [];
    private readonly long _start = TimeProvider.System.GetTimestamp();

    private double Now => TimeProvider.System.GetElapsedTime(_start).TotalSeconds;

    /// <summary>Sends calls for some seconds, or until it is told to stop.</summary>
    /// <returns>When this load began and ended, in seconds.</returns>
    public async Task<(double From, double To)> RunAsync(double perSecond, double seconds, CancellationToken until = default)
    {
        var from = Now;
        var sent = 0;
        while (Now - from is var passed && passed < seconds && !until.IsCancellationRequested)
        {
            for (; sent < passed * perSecond; sent++)
            {
                _underWay.RemoveAll(made => made.IsCompleted && sent % 256 == 0);
                if (_underWay.Count < MostUnderWay)
                {
                    _underWay.Add(CallAsync());
                }
            }

            await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System, CancellationToken.None);
        }

        return (from, Now);
    }

    /// <summary>A timestamp in seconds of this load.</summary>
    public double At(long timestamp) => (timestamp - _start) / (double)TimeProvider.System.TimestampFrequency;

    public Task EndAsync() => Task.WhenAll(_underWay);

    /// <summary>Good answers a second, to calls that began from one second to another.</summary>
    public double Goodput(double from, double to) =>
        _calls.Count(made => made.IsGood && made.Began >= from && made.Began < to) / (to - from);

    /// <summary>How many calls began and were answered well between one second and another.</summary>
    public int Answered(double from, double to) =>
        _calls.Count(made => made.IsGood && made.Began >= from && made.Began + (made.Milliseconds / 1000) <= to);

    /// <summary>How many of these calls were answered well.</summary>
    public double Success(double from, double to)
    {
        var calls = _calls.Where(made => made.Began >= from && made.Began < to).ToList();
        return calls.Count == 0 ? 0 : calls.Count(made => made.IsGood) / (double)calls.Count;
    }

    /// <summary>How many calls that ended after one second and began before another failed, or took longer than this.</summary>
    public int Failed(double from, double to, double milliseconds) => _calls.Count(made =>
        made.Began < to
        && made.Began + (made.Milliseconds / 1000) >= from
        && (!made.IsGood || made.Milliseconds > milliseconds));

    /// <summary>The latency, in milliseconds, that this share of the good answers did not exceed.</summary>
    public double Latency(double from, double to, double share)
    {
        var latencies = _calls.Where(made => made.IsGood && made.Began >= from && made.Began < to)
            .Select(made => made.Milliseconds).Order().ToList();
        return latencies.Count == 0 ? double.NaN : latencies[(int)((latencies.Count - 1) * share)];
    }

    private async Task CallAsync()
    {
        var began = Now;
        using var caller = new CancellationTokenSource(patience, TimeProvider.System);
        var isGood = false;
        try
        {
            isGood = await call(caller.Token);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // Whatever it was, it is no good answer.
        }

        _calls.Add(new Made(began, (Now - began) * 1000, isGood));
    }

    private sealed record Made(double Began, double Milliseconds, bool IsGood);
}
