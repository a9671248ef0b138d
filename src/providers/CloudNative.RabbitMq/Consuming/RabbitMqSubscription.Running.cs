using CloudNative.Eventing;
using CloudNative.RabbitMq.Connecting;
using CloudNative.RabbitMq.Topology;
using RabbitMQ.Client;

namespace CloudNative.RabbitMq.Consuming;

/// <summary>Opens the channels, and opens them again.</summary>
internal sealed partial class RabbitMqSubscription
{
    public void Ended(QueueChannel channel, string reason)
    {
        lock (_lock)
        {
            if (!_isStopped && !channel.IsLeaving && _channels.Contains(channel))
            {
                _broken.TrySetResult(reason);
            }
        }
    }

    private async Task RunAsync()
    {
        var stop = _stopping.Token;
        try
        {
            var balancing = _queues.IsOrdered && !Spec.Broadcast ? BalanceAsync(stop) : Task.CompletedTask;
            while (!stop.IsCancellationRequested)
            {
                var reason = await _broken.Task.WaitAsync(stop).ConfigureAwait(false);
                await ReopenAsync(reason, stop).ConfigureAwait(false);
            }

            await balancing.ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // It stops.
        }
    }

    private async Task ReopenAsync(string reason, CancellationToken stop)
    {
        List<QueueChannel> before;
        lock (_lock)
        {
            before = _channels;
            _channels = [];
            _broken = NewSignal();
        }

        LogReopening(Spec.Topic, Spec.Group, reason);
        await CloseAsync(before).ConfigureAwait(false);
        for (var failures = 0; ; failures++)
        {
            try
            {
                await OpenAsync(stop).ConfigureAwait(false);
                if (failures > 0)
                {
                    _sink.StateChanged(SubscriptionState.Active, null);
                }

                return;
            }
            catch (Exception exception) when (!stop.IsCancellationRequested)
            {
                if (failures == 0)
                {
                    _sink.StateChanged(SubscriptionState.Paused, BrokerErrors.From(exception, _services.Context).Message);
                }
            }

            var wait = FirstWait * Math.Pow(2, Math.Min(failures, 10));
            wait = wait < LongestWait ? wait : LongestWait;
            await Task.Delay(wait * ((1 + Random.Shared.NextDouble()) / 2), Time, stop).ConfigureAwait(false);
        }
    }

    private async Task OpenAsync(CancellationToken cancellationToken)
    {
        await _services.Topology.EnsureGroupAsync(Spec, _queues, cancellationToken).ConfigureAwait(false);
        var opened = new List<QueueChannel>();
        try
        {
            var connection = await _services.Connection.GetAsync(cancellationToken).ConfigureAwait(false);
            foreach (var queue in _queues.All.Append(_queues.Dead))
            {
                opened.Add(await OpenAsync(connection, queue, cancellationToken).ConfigureAwait(false));
            }
        }
        catch (Exception exception)
        {
            lock (_lock)
            {
                _channels = [];
            }

            await CloseAsync(opened).ConfigureAwait(false);
            if (exception is OperationCanceledException)
            {
                throw;
            }

            throw BrokerErrors.From(exception, _services.Context);
        }
    }

    // Of a partition one message is under way at a time: the next comes when it is settled. So are dead letters moved.
    private async Task<QueueChannel> OpenAsync(
        IConnection connection, GroupQueue queue, CancellationToken cancellationToken)
    {
        var channel = await QueueChannel.OpenAsync(
            connection, queue, queue.IsPartition || queue.IsDead ? 1 : Spec.MaxInFlight, this, cancellationToken).ConfigureAwait(false);
        lock (_lock)
        {
            _channels.Add(channel);
        }

        if (!channel.Channel.IsOpen)
        {
            Ended(channel, "the channel closed while it was opened");
        }

        return channel;
    }
}
