using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;

namespace Shop.Web.Live;

/// <summary>Answers with server-sent events until the browser leaves or this process stops.</summary>
internal static class LiveStream
{
    /// <summary>Makes the answer.</summary>
    /// <param name="context">The request.</param>
    /// <param name="lifetime">
    /// Ends the stream on stop: else a drain would wait for every open page. The browser comes back by itself.
    /// </param>
    /// <param name="items">What to send.</param>
    public static IResult Of(
        HttpContext context, IHostApplicationLifetime lifetime, Func<CancellationToken, IAsyncEnumerable<SseItem<string>>> items)
    {
        context.Response.Headers.CacheControl = "no-store";

        // A proxy that collects the answer before it passes it on would make it late.
        context.Response.Headers["X-Accel-Buffering"] = "no";
        return TypedResults.ServerSentEvents(UntilStopAsync(items, lifetime, context.RequestAborted));
    }

    private static async IAsyncEnumerable<SseItem<string>> UntilStopAsync(
        Func<CancellationToken, IAsyncEnumerable<SseItem<string>>> items,
        IHostApplicationLifetime lifetime,
        [EnumeratorCancellation] CancellationToken aborted)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(aborted, lifetime.ApplicationStopping);
        await using var enumerator = items(either.Token).GetAsyncEnumerator(either.Token);
        while (await MoveNextAsync(enumerator, either.Token))
        {
            yield return enumerator.Current;
        }
    }

    private static async ValueTask<bool> MoveNextAsync(IAsyncEnumerator<SseItem<string>> items, CancellationToken ended)
    {
        try
        {
            return await items.MoveNextAsync();
        }
        catch (OperationCanceledException) when (ended.IsCancellationRequested)
        {
            return false;
        }
    }
}
