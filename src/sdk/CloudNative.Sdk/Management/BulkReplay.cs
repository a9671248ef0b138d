using CloudNative.Eventing;

namespace CloudNative.Sdk.Management;

/// <summary>
/// Sends dead letters back one at a time, so many a second. Those that wait behind one of their key follow by themselves, so they are
/// not sent, and each key keeps its order.
/// </summary>
internal sealed class BulkReplay(IDeadLetterStore store, TimeProvider time)
{
    private const int PageSize = 100;

    /// <summary>How many have gone back, also when it was ended.</summary>
    public int Count { get; private set; }

    public async Task RunAsync(DeadLetterFilter filter, CancellationToken cancellationToken)
    {
        // Those of now: what fails again while this runs is a new letter, and would go round for ever.
        var ids = await FindAsync(filter, cancellationToken).ConfigureAwait(false);
        var started = time.GetTimestamp();
        for (var index = 0; index < ids.Count; index++)
        {
            var wait = TimeSpan.FromSeconds((double)index / filter.PerSecond) - time.GetElapsedTime(started);
            if (wait > TimeSpan.Zero)
            {
                await Task.Delay(wait, time, cancellationToken).ConfigureAwait(false);
            }

            Count += await store.ReplayAsync([ids[index]], cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<List<long>> FindAsync(DeadLetterFilter filter, CancellationToken cancellationToken)
    {
        var query = new DeadLetterQuery
        {
            Topic = filter.Topic,
            Group = filter.Group,
            Key = filter.Key,
            IsWaiting = false,
            Limit = PageSize,
        };
        var ids = new List<long>();
        while (true)
        {
            var page = await store.ListAsync(query, cancellationToken).ConfigureAwait(false);
            ids.AddRange(page.Select(letter => letter.Id));
            if (page.Count < PageSize)
            {
                return ids;
            }

            query = query with { After = ids[^1] };
        }
    }
}
