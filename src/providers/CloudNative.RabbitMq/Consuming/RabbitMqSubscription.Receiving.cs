using CloudNative.Eventing;
using CloudNative.RabbitMq.DeadLetters;
using CloudNative.RabbitMq.Messages;
using RabbitMQ.Client;

namespace CloudNative.RabbitMq.Consuming;

/// <summary>From a message to a delivery, or to the dead letters.</summary>
internal sealed partial class RabbitMqSubscription
{
    private readonly Queue<RabbitMqDelivery> _waiting = [];
    private int _inFlight;

    public async Task ReceiveAsync(QueueChannel channel, ReceivedMessage message)
    {
        if (channel.Queue.IsDead)
        {
            await MoveAsync(channel, message).ConfigureAwait(false);
            return;
        }

        channel.WasBusy = true;
        var properties = message.Properties;
        var deaths = MessageReader.Number(properties, HeaderNames.DeliveryCount);
        var attempt = 1 + MessageReader.Number(properties, HeaderNames.Attempts) + deaths;
        var failures = MessageReader.Failures(properties);
        var stored = MessageReader.Stored(properties, Time.GetUtcNow());
        EventEnvelope envelope;
        try
        {
            envelope = MessageReader.Read(
                properties,
                message.Body,
                message.Exchange,
                _services.Context.Format,
                _services.Context.Formats.Of(Spec.Topic));
        }
        catch (MalformedEventException exception)
        {
            await BuryAsync(channel, message, new BasicProperties(properties), DeadLetterReason.Malformed, exception.Message, attempt)
                .ConfigureAwait(false);
            return;
        }

        if (deaths >= Spec.MaxAttempts)
        {
            await BuryAsync(
                channel,
                message,
                Rewrite(envelope, stored, EditMark.Of(properties)),
                DeadLetterReason.ProcessDied,
                $"Its process died, or gave it back, {deaths} times while it was handled.",
                attempt - 1).ConfigureAwait(false);
            return;
        }

        Hand(new RabbitMqDelivery(
            this, channel, message.Tag, envelope, attempt, stored, failures, EditMark.Of(properties)));
    }

    public void TakeBack(QueueChannel channel)
    {
        List<RabbitMqDelivery> next;
        lock (_lock)
        {
            foreach (var loan in channel.Loans)
            {
                if (loan.TakeBack())
                {
                    _inFlight--;
                }
            }

            channel.Loans.Clear();
            channel.HoldsRetry = false;
            var others = _waiting.Where(delivery => delivery.Channel != channel).ToList();
            _waiting.Clear();
            others.ForEach(_waiting.Enqueue);
            next = TakeNext();
        }

        next.ForEach(_sink.Deliver);
    }

    /// <summary>Delivers it, now or when another is settled.</summary>
    private void Hand(RabbitMqDelivery delivery)
    {
        List<RabbitMqDelivery> next;
        lock (_lock)
        {
            if (delivery.Lost.IsCancellationRequested || delivery.Channel.IsClosing)
            {
                return;
            }

            if (_isStopped)
            {
                Track(GiveBackAsync(delivery));
                return;
            }

            _waiting.Enqueue(delivery);
            next = TakeNext();
        }

        next.ForEach(_sink.Deliver);
    }

    private List<RabbitMqDelivery> TakeNext()
    {
        var next = new List<RabbitMqDelivery>();
        while (_inFlight < Spec.MaxInFlight && !_isStopped && _waiting.TryDequeue(out var delivery))
        {
            _inFlight++;
            delivery.Channel.Loans.Add(delivery);
            next.Add(delivery);
        }

        return next;
    }

    private void Track(Task task)
    {
        _work.TryAdd(task, 0);
        _ = task.ContinueWith(
            done => _work.TryRemove(done, out _), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
    }
}
