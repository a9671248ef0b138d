using CloudNative.Eventing;
using CloudNative.RabbitMq.DeadLetters;
using CloudNative.RabbitMq.Messages;
using CloudNative.RabbitMq.Publishing;
using RabbitMQ.Client;

namespace CloudNative.RabbitMq.Consuming;

/// <summary>Puts what is given up into the stream of dead letters, and what the broker has given up itself.</summary>
internal sealed partial class RabbitMqSubscription
{
    private static BasicProperties Rewrite(EventEnvelope envelope, DateTimeOffset stored, EditMark? edit)
    {
        var properties = MessageWriter.Write(envelope, stored);
        edit?.WriteTo(properties);
        return properties;
    }

    // What cannot be read is kept as it came. When not even that works, the broker keeps it and it comes again.
    private async Task BuryAsync(
        QueueChannel channel, ReceivedMessage message, BasicProperties properties, DeadLetterReason reason, string detail, int attempt)
    {
        var failure = new DeliveryFailure(reason, detail, Time.GetUtcNow(), attempt);
        try
        {
            await PublishLetterAsync(
                properties, message.Body, channel.Queue.Name, History.Add(MessageReader.Failures(message.Properties), failure))
                .ConfigureAwait(false);
            await channel.AckAsync(message.Tag).ConfigureAwait(false);
            LogGivenUp(Spec.Topic, Spec.Group, reason, detail);
        }
        catch (EventTransportException exception)
        {
            LogCannotBury(exception, Spec.Topic, Spec.Group);
            await channel.ReturnAsync(message.Tag).ConfigureAwait(false);
        }
    }

    // It stays in hand until it is moved: a broker counts each return, and may have a limit for them.
    private async Task MoveAsync(QueueChannel channel, ReceivedMessage message)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(channel.Lost, _stopping.Token);
        while (!either.IsCancellationRequested)
        {
            try
            {
                var properties = new BasicProperties(message.Properties);
                var failures = MessageReader.Failures(properties);
                if (failures.Count == 0)
                {
                    var failure = BrokerDeath.Read(properties, Time.GetUtcNow());
                    LogGivenUp(Spec.Topic, Spec.Group, failure.Reason, failure.Detail);
                    failures = [failure];
                }

                await PublishLetterAsync(properties, message.Body, QueueOf(message), failures).ConfigureAwait(false);
                await channel.AckAsync(message.Tag).ConfigureAwait(false);
                return;
            }
            catch (EventTransportException exception)
            {
                LogCannotBury(exception, Spec.Topic, Spec.Group);
            }

            try
            {
                await Task.Delay(LongestWait, Time, either.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                // The broker takes it back with the channel.
            }
        }
    }

    private string QueueOf(ReceivedMessage message)
    {
        if (BrokerDeath.QueueOf(message.Properties) is { } queue && _queues.All.Any(own => own.Name == queue))
        {
            return queue;
        }

        try
        {
            var envelope = MessageReader.Read(
                message.Properties,
                message.Body,
                message.Exchange,
                _services.Context.Format,
                _services.Context.Formats.Of(Spec.Topic));
            return _queues.QueueOf(envelope.Key).Name;
        }
        catch (MalformedEventException)
        {
            return _queues.QueueOf(null).Name;
        }
    }

    private async Task PublishLetterAsync(
        BasicProperties properties, ReadOnlyMemory<byte> body, string queue, IReadOnlyList<DeliveryFailure> history)
    {
        Republishing.Clean(properties);
        properties.Headers ??= new Dictionary<string, object?>();
        properties.Headers.Remove(HeaderNames.DeliveryCount);
        properties.Persistent = true;
        properties.Expiration = null;
        properties.Headers[HeaderNames.Topic] = Spec.Topic;
        properties.Headers[HeaderNames.Group] = Spec.Group;
        properties.Headers[HeaderNames.Queue] = queue;
        properties.Headers[HeaderNames.When] = Time.GetUtcNow().UtcTicks;
        properties.Headers[HeaderNames.Failures] = HistoryText.Write(history);
        try
        {
            await _services.Topology.EnsureDeadLettersAsync(CancellationToken.None).ConfigureAwait(false);
            await _services.Publisher.PublishAsync(
                [new Parcel(string.Empty, _services.Context.Names.DeadLetters, properties, body)], CancellationToken.None)
                .ConfigureAwait(false);
        }
        catch (EventTransportException)
        {
            // It is made again, when somebody has deleted it.
            _services.Topology.ForgetDeadLetters();
            throw;
        }
    }
}
