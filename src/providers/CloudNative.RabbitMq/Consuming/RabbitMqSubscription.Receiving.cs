using CloudNative.Eventing;
using CloudNative.RabbitMq.Messages;
using CloudNative.RabbitMq.Publishing;
using RabbitMQ.Client;

namespace CloudNative.RabbitMq.Consuming;

/// <summary>From a message to a delivery, or to the dead letters.</summary>
internal sealed partial class RabbitMqSubscription
{
    private readonly Queue<RabbitMqDelivery> _waiting = [];
    private int _inFlight;

    public async Task ReceiveAsync(QueueChannel channel, ReceivedMessage message)
    {
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
                MessageWriter.Write(envelope, stored),
                DeadLetterReason.ProcessDied,
                $"Its process died, or gave it back, {deaths} times while it was handled.",
                attempt - 1).ConfigureAwait(false);
            return;
        }

        Hand(new RabbitMqDelivery(this, channel, message.Tag, envelope, attempt, stored, failures));
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

    // What cannot be read is kept as it came. When not even that works, the broker keeps it and it comes again.
    private async Task BuryAsync(
        QueueChannel channel, ReceivedMessage message, BasicProperties properties, DeadLetterReason reason, string detail, int attempt)
    {
        var failure = new DeliveryFailure(reason, detail, Time.GetUtcNow(), attempt);
        try
        {
            await PublishDeadAsync(properties, message.Body, MessageReader.Failures(message.Properties), failure).ConfigureAwait(false);
            await channel.AckAsync(message.Tag).ConfigureAwait(false);
            LogGivenUp(Spec.Topic, Spec.Group, reason, detail, _queues.Dead);
        }
        catch (EventTransportException exception)
        {
            LogCannotBury(exception, Spec.Topic, Spec.Group, _queues.Dead);
            await channel.ReturnAsync(message.Tag).ConfigureAwait(false);
        }
    }

    private async Task PublishDeadAsync(
        BasicProperties properties, ReadOnlyMemory<byte> body, IReadOnlyList<DeliveryFailure> failures, DeliveryFailure failure)
    {
        properties.Headers ??= new Dictionary<string, object?>();
        properties.Headers.Remove(HeaderNames.DeliveryCount);
        properties.Persistent = true;
        properties.Headers[HeaderNames.Topic] = Spec.Topic;
        properties.Headers[HeaderNames.Group] = Spec.Group;

        // Whoever puts it back begins anew; what has failed stays in its history.
        MessageWriter.With(properties, attempts: 0, History.Add(failures, failure));
        await _services.Publisher.PublishAsync([new Parcel(string.Empty, _queues.Dead, properties, body)], CancellationToken.None)
            .ConfigureAwait(false);
    }

    private void Track(Task task)
    {
        _work.TryAdd(task, 0);
        _ = task.ContinueWith(
            done => _work.TryRemove(done, out _), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
    }
}
