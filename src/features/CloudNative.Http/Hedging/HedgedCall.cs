using System.Net;
using CloudNative.Http.Calls;
using CloudNative.Http.Settings;

namespace CloudNative.Http.Hedging;

/// <summary>
/// One call with at most one hedge: a second attempt at another instance when the first takes longer than most. The first good answer's
/// headers decide; the other attempt is cancelled and says nothing of its instance.
/// </summary>
/// <param name="pipeline">The client.</param>
/// <param name="start">Sends a request as a call of its own.</param>
internal sealed class HedgedCall(ClientPipeline pipeline, HedgeStart start)
{
    /// <summary>
    /// How much of the budget calls that are merely slower than most may ask for. More, and it would be spent when one comes that hangs.
    /// </summary>
    private const double ShareOfBudget = 0.8;

    private readonly TimeProvider _time = pipeline.Services.Time;

    public async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request, string service, HedgeState state, ClientSettings settings, CancellationToken caller)
    {
        var began = _time.GetTimestamp();
        state.Budget.OnCall(began);
        var pair = new HedgePair();
        using var first = CancellationTokenSource.CreateLinkedTokenSource(caller);
        var primary = start(request, pair, isHedge: false, first.Token);
        try
        {
            return DelayOf(state, settings) is { } delay
                && !await EndsWithinAsync(primary, delay).ConfigureAwait(false)
                && pair.Picked is not null
                && state.Budget.TryTake(_time.GetTimestamp(), settings.HedgingBudgetRatio, 0, out _)
                    ? await RaceAsync(request, service, pair, primary, first, caller).ConfigureAwait(false)
                    : await primary.ConfigureAwait(false);
        }
        finally
        {
            // Of a call that its hedge beat, too: it took longer than this, and the share of such calls is what counts.
            state.Latency.Record(_time.GetElapsedTime(began).TotalSeconds);
        }
    }

    private static TimeSpan? DelayOf(HedgeState state, ClientSettings settings)
    {
        var percentile = Math.Max(settings.HedgingPercentile, 1 - (settings.HedgingBudgetRatio * ShareOfBudget));
        var usual = state.Latency.Find(percentile);
        return usual < settings.HedgingMinDelay ? settings.HedgingMinDelay : usual;
    }

    private static async Task<bool> IsGoodAsync(Task<HttpResponseMessage> call)
    {
        try
        {
            var answer = await call.ConfigureAwait(false);
            return (int)answer.StatusCode < 500 || answer.StatusCode == HttpStatusCode.NotImplemented;
        }
        catch
        {
            // Awaited again by whoever returns it.
            return false;
        }
    }

    /// <summary>Cancels the attempt that lost, and lets go of an answer that came all the same.</summary>
    private static async Task DropAsync(Task<HttpResponseMessage> loser, CancellationTokenSource source)
    {
        await source.CancelAsync().ConfigureAwait(false);
        _ = loser.ContinueWith(
            static ended =>
            {
                if (ended.IsCompletedSuccessfully)
                {
                    ended.Result.Dispose();
                }
                else
                {
                    _ = ended.Exception;
                }
            },
            CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);
    }

    private async Task<bool> EndsWithinAsync(Task primary, TimeSpan delay)
    {
        if (primary.IsCompleted)
        {
            return true;
        }

        using var waiting = new CancellationTokenSource();
        var ended = await Task.WhenAny(primary, Task.Delay(delay, _time, waiting.Token)).ConfigureAwait(false);
        await waiting.CancelAsync().ConfigureAwait(false);
        return ended == primary;
    }

    private async Task<HttpResponseMessage> RaceAsync(
        HttpRequestMessage request,
        string service,
        HedgePair pair,
        Task<HttpResponseMessage> primary,
        CancellationTokenSource first,
        CancellationToken caller)
    {
        using var second = CancellationTokenSource.CreateLinkedTokenSource(caller);
        var hedge = start(HedgeClone.Of(request), pair, isHedge: true, second.Token);
        var winner = await Task.WhenAny(primary, hedge).ConfigureAwait(false);
        if (!await IsGoodAsync(winner).ConfigureAwait(false))
        {
            var other = winner == primary ? hedge : primary;
            winner = await IsGoodAsync(other).ConfigureAwait(false) ? other : primary;
        }

        var isWon = winner == hedge;
        pipeline.Services.Metrics.OnHedge(pipeline.Client, service, isWon);
        await DropAsync(isWon ? primary : hedge, isWon ? first : second).ConfigureAwait(false);
        var answer = await winner.ConfigureAwait(false);
        if (isWon)
        {
            answer.RequestMessage = request;
        }

        return answer;
    }
}
