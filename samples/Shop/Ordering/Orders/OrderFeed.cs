using System.Globalization;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;

namespace Shop.Ordering.Orders;

/// <summary>Changes of orders as server-sent events, one after another for as long as somebody listens.</summary>
internal sealed class OrderFeed(
    OrderChanges changes, ChangeSignal signal, IHostApplicationLifetime lifetime, TimeProvider time)
{
    // Between two changes a sign of life, so that nobody in between takes the silence for the end.
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(15);

    /// <param name="after">Where to begin: after this change, or with the next one.</param>
    /// <param name="aborted">The listener is gone.</param>
    public async IAsyncEnumerable<SseItem<OrderChange?>> FollowAsync(
        long? after, [EnumeratorCancellation] CancellationToken aborted)
    {
        // A stop ends the stream; otherwise it would wait for every listener. They come back by themselves, to another replica perhaps.
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(aborted, lifetime.ApplicationStopping);
        var place = after ?? await changes.LastAsync(aborted);

        // The first sign carries the place: whoever looks at an order once it is here misses nothing.
        yield return Alive(place);
        while (!ended.IsCancellationRequested)
        {
            var next = signal.Next;
            var found = await changes.ReadAsync(place, aborted);
            foreach (var change in found)
            {
                place = change.Sequence;
                yield return Item(change, "change", place);
            }

            if (found.Count == 0 && !await WaitAsync(next, ended.Token))
            {
                yield return Alive(place);
            }
        }
    }

    private static SseItem<OrderChange?> Alive(long place) => Item(null, "alive", place);

    private static SseItem<OrderChange?> Item(OrderChange? change, string type, long place) =>
        new(change, type) { EventId = place.ToString(CultureInfo.InvariantCulture) };

    /// <returns>Whether it is worth looking again.</returns>
    private async Task<bool> WaitAsync(Task next, CancellationToken ended)
    {
        try
        {
            await next.WaitAsync(Silence, time, ended);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
        catch (OperationCanceledException)
        {
            return true;
        }
    }
}
