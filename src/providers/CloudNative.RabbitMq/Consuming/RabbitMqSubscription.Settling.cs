using CloudNative.Eventing;
using CloudNative.RabbitMq.Messages;
using CloudNative.RabbitMq.Publishing;
using CloudNative.RabbitMq.Topology;

namespace CloudNative.RabbitMq.Consuming;

/// <summary>
/// What becomes of deliveries. Outside of partitions a copy is put back before the message is acknowledged,
/// so that attempts are counted
/// and others go on; in a partition the message stays where it is, so that its successors wait.
/// </summary>
internal sealed partial class RabbitMqSubscription
{
    /// <returns>Whether it counted.</returns>
    public async Task<bool> SettleAsync(RabbitMqDelivery delivery, Settlement settlement)
    {
        try
        {
            return settlement.Kind switch
            {
                SettlementKind.Complete => await FinishAsync(delivery).ConfigureAwait(false),
                SettlementKind.DeadLetter => await GiveUpAsync(delivery, settlement.Failure!).ConfigureAwait(false),
                _ when delivery.Channel.Queue.IsPartition => Repeat(delivery, settlement),
                SettlementKind.Release => await PutBackAsync(delivery, delivery.Attempt - 1, TimeSpan.Zero, delivery.Failures)
                    .ConfigureAwait(false),
                _ => await PutBackAsync(
                    delivery, delivery.Attempt, settlement.Delay, History.Add(delivery.Failures, settlement.Failure!))
                    .ConfigureAwait(false),
            };
        }
        catch (EventTransportException)
        {
            // It comes again, and the broker counts that.
            await delivery.Channel.ReturnAsync(delivery.Tag).ConfigureAwait(false);
            throw;
        }
        finally
        {
            Return(delivery);
        }
    }

    private async Task<bool> FinishAsync(RabbitMqDelivery delivery)
    {
        var channel = delivery.Channel;
        bool leaves;
        lock (_lock)
        {
            leaves = channel.Queue.IsPartition && (_isStopped || channel.IsLeaving);
            channel.IsCancelled |= leaves;
        }

        if (leaves && !channel.Lost.IsCancellationRequested)
        {
            // Before the acknowledgement, which would bring the next.
            await TryCancelAsync(channel).ConfigureAwait(false);
        }

        return await channel.AckAsync(delivery.Tag).ConfigureAwait(false);
    }

    private async Task<bool> GiveUpAsync(RabbitMqDelivery delivery, DeliveryFailure failure)
    {
        var properties = MessageWriter.Write(delivery.Event, delivery.Stored);
        delivery.Edit?.WriteTo(properties);
        await PublishLetterAsync(
            properties, delivery.Event.Data, delivery.Channel.Queue.Name, History.Add(delivery.Failures, failure))
            .ConfigureAwait(false);
        return await FinishAsync(delivery).ConfigureAwait(false);
    }

    private async Task<bool> PutBackAsync(
        RabbitMqDelivery delivery, int attempts, TimeSpan delay, IReadOnlyList<DeliveryFailure> failures)
    {
        var properties = MessageWriter.With(MessageWriter.Write(delivery.Event, delivery.Stored), attempts, failures);
        delivery.Edit?.WriteTo(properties);
        var queue = delivery.Channel.Queue.Name;
        var parcel = new Parcel(string.Empty, queue, properties, delivery.Event.Data);
        if (delay > TimeSpan.Zero)
        {
            var units = DelayLadder.UnitsOf(delay < DelayLadder.Longest ? delay : DelayLadder.Longest);
            await _services.Topology.EnsureDelayedQueueAsync(queue, CancellationToken.None).ConfigureAwait(false);
            parcel = new Parcel(
                _services.Context.Names.Delay(DelayLadder.FirstLevel(units)),
                DelayLadder.RoutingKey(units, queue, Names.Unkeyed),
                properties,
                delivery.Event.Data);
        }

        await _services.Publisher.PublishAsync([parcel], CancellationToken.None).ConfigureAwait(false);
        return await delivery.Channel.AckAsync(delivery.Tag).ConfigureAwait(false);
    }

    // In place: nobody else gets the message, and with it nobody its successors.
    private bool Repeat(RabbitMqDelivery delivery, Settlement settlement)
    {
        var counts = settlement.Kind == SettlementKind.Retry;
        var next = counts
            ? delivery.Again(delivery.Attempt + 1, History.Add(delivery.Failures, settlement.Failure!))
            : delivery.Again(delivery.Attempt, delivery.Failures);
        lock (_lock)
        {
            if (delivery.Lost.IsCancellationRequested)
            {
                return false;
            }

            if (_isStopped)
            {
                Track(delivery.Channel.DisposeAsync().AsTask());
                return true;
            }

            delivery.Channel.HoldsRetry = true;
        }

        Track(RepeatAsync(next, settlement.Delay));
        return true;
    }

    private async Task RepeatAsync(RabbitMqDelivery delivery, TimeSpan delay)
    {
        await Task.Yield();
        try
        {
            if (delay > TimeSpan.Zero)
            {
                using var either = CancellationTokenSource.CreateLinkedTokenSource(delivery.Lost, _stopping.Token);
                await Task.Delay(delay, Time, either.Token).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
            return; // Stopping closes the channel, and the message goes to another member.
        }

        lock (_lock)
        {
            delivery.Channel.HoldsRetry = false;
        }

        Hand(delivery);
    }

    /// <summary>
    /// Hands to others what this process does not settle: a copy that counts no attempt; of a partition the
    /// message itself.
    /// </summary>
    private async Task GiveBackAsync(RabbitMqDelivery delivery)
    {
        await Task.Yield();
        if (delivery.Channel.Queue.IsPartition)
        {
            await delivery.Channel.DisposeAsync().ConfigureAwait(false);
            return;
        }

        try
        {
            await PutBackAsync(delivery, delivery.Attempt - 1, TimeSpan.Zero, delivery.Failures).ConfigureAwait(false);
        }
        catch (Exception)
        {
            // The broker takes it back when the channel closes, and counts it.
        }
    }

    private void Return(RabbitMqDelivery delivery)
    {
        List<RabbitMqDelivery> next;
        lock (_lock)
        {
            if (!delivery.Channel.Loans.Remove(delivery))
            {
                return;
            }

            _inFlight--;
            next = TakeNext();
        }

        next.ForEach(_sink.Deliver);
    }

    private static async Task TryCancelAsync(QueueChannel channel)
    {
        try
        {
            await channel.CancelAsync(CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception)
        {
            // It is gone; so is everything that it would have brought.
        }
    }
}
