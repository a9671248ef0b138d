using CloudNative.RabbitMq.Topology;
using RabbitMQ.Client;

namespace CloudNative.RabbitMq.Consuming;

/// <summary>
/// The broker gives a partition to whoever asked first, and keeps it there. So a member that has more than
/// its share of those that are
/// busy leaves some of them, between two events, and asks again: the next in line gets them.
/// </summary>
internal sealed partial class RabbitMqSubscription
{
    private const int LongestLooks = 200;

    private static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(5);

    private async Task BalanceAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            await Task.Delay(LookInterval * (0.75 + (Random.Shared.NextDouble() / 2)), Time, stop).ConfigureAwait(false);
            try
            {
                await LookAsync(stop).ConfigureAwait(false);
            }
            catch (Exception) when (!stop.IsCancellationRequested)
            {
                // Not now; the share stays as it is.
            }
        }
    }

    // All members consume the queue of events without a key at the same time, so its consumers are the members.
    private async Task LookAsync(CancellationToken stop)
    {
        var connection = await _services.Connection.GetAsync(stop).ConfigureAwait(false);
        var channel = await connection.CreateChannelAsync(cancellationToken: stop).ConfigureAwait(false);
        uint members;
        await using (channel.ConfigureAwait(false))
        {
            members = await channel.ConsumerCountAsync(_queues.All[0].Name, stop).ConfigureAwait(false);
        }

        List<QueueChannel> leaving;
        lock (_lock)
        {
            var busy = _channels.Where(item => item.Queue.IsPartition && item.WasBusy).ToArray();
            _channels.ForEach(item => item.WasBusy = false);
            var share = (Names.Partitions + (int)members - 1) / Math.Max(1, (int)members);
            Random.Shared.Shuffle(busy);
            leaving = [.. busy.Take(Math.Max(0, busy.Length - share)).Where(item => !item.HoldsRetry)];
            leaving.ForEach(item => item.IsLeaving = true);
        }

        foreach (var item in leaving)
        {
            await LeaveAsync(item, connection, stop).ConfigureAwait(false);
        }
    }

    private async Task LeaveAsync(QueueChannel channel, IConnection connection, CancellationToken stop)
    {
        for (var looks = 0; !MayClose(channel, isLast: looks == LongestLooks); looks++)
        {
            if (!channel.IsLeaving)
            {
                return; // It is busy with one event for long; another time.
            }

            await Task.Delay(LookAgain, Time, stop).ConfigureAwait(false);
        }

        lock (_lock)
        {
            if (!_channels.Remove(channel))
            {
                return; // Everything was opened again meanwhile.
            }
        }

        await channel.DisposeAsync().ConfigureAwait(false);
        try
        {
            await OpenAsync(connection, channel.Queue, stop).ConfigureAwait(false);
        }
        catch (Exception) when (!stop.IsCancellationRequested)
        {
            lock (_lock)
            {
                _broken.TrySetResult($"queue '{channel.Queue.Name}' cannot be consumed");
            }
        }
    }

    private bool MayClose(QueueChannel channel, bool isLast)
    {
        lock (_lock)
        {
            var isIdle = channel.Loans.Count == 0 && !channel.HoldsRetry && _waiting.All(item => item.Channel != channel);
            if (isIdle)
            {
                channel.IsClosing = true;
            }
            else if (isLast && !channel.IsCancelled)
            {
                channel.IsLeaving = false;
            }

            return isIdle;
        }
    }
}
