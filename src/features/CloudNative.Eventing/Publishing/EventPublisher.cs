using CloudNative.Eventing.Telemetry;
using CloudNative.Eventing.Transport;

namespace CloudNative.Eventing.Publishing;

/// <summary>Makes envelopes and hands them to the transport.</summary>
internal sealed class EventPublisher(EnvelopeFactory envelopes, ChosenTransport transport, PublishTelemetry telemetry)
    : IEventPublisher
{
    public ValueTask PublishAsync<T>(T data, PublishOptions? options, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (telemetry.IsListening)
        {
            return PublishObservedAsync(data, options, cancellationToken);
        }

        try
        {
            return transport.Get().AppendAsync([envelopes.Create(data, options)], cancellationToken);
        }
        catch (Exception exception) when (exception is EventRejectedException or EventTransportException)
        {
            return ValueTask.FromException(exception);
        }
    }

    public ValueTask PublishBatchAsync<T>(IReadOnlyList<T> batch, PublishOptions? options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(batch);
        if (options?.Id is not null)
        {
            throw new ArgumentException("A batch has no id: each of its events gets one.", nameof(options));
        }

        cancellationToken.ThrowIfCancellationRequested();
        if (batch.Count == 0)
        {
            return ValueTask.CompletedTask;
        }

        if (telemetry.IsListening)
        {
            return PublishBatchObservedAsync(batch, options, cancellationToken);
        }

        try
        {
            return transport.Get().AppendAsync(CreateAll(batch, options), cancellationToken);
        }
        catch (Exception exception) when (exception is EventRejectedException or EventTransportException)
        {
            return ValueTask.FromException(exception);
        }
    }

    private async ValueTask PublishObservedAsync<T>(T data, PublishOptions? options, CancellationToken cancellationToken)
    {
        var topic = envelopes.TopicOf(data, options);
        var begun = telemetry.Begin();
        using var activity = telemetry.StartSending(topic, count: 1);
        try
        {
            var outgoing = envelopes.Create(data, options);
            activity?.SetTag(EventingTelemetryNames.MessageIdAttribute, outgoing.Event.Id);
            await transport.Get().AppendAsync([outgoing], cancellationToken).ConfigureAwait(false);
            telemetry.Sent(activity, topic, count: 1, begun, exception: null);
        }
        catch (Exception exception)
        {
            telemetry.Sent(activity, topic, count: 1, begun, exception);
            throw;
        }
    }

    private async ValueTask PublishBatchObservedAsync<T>(
        IReadOnlyList<T> batch, PublishOptions? options, CancellationToken cancellationToken)
    {
        var topic = envelopes.TopicOf(batch[0], options);
        var begun = telemetry.Begin();
        using var activity = telemetry.StartSending(topic, batch.Count);
        try
        {
            var outgoing = CreateAll(batch, options);
            await transport.Get().AppendAsync(outgoing, cancellationToken).ConfigureAwait(false);
            telemetry.Sent(activity, topic, batch.Count, begun, exception: null);
        }
        catch (Exception exception)
        {
            telemetry.Sent(activity, topic, batch.Count, begun, exception);
            throw;
        }
    }

    private OutgoingEvent[] CreateAll<T>(IReadOnlyList<T> batch, PublishOptions? options)
    {
        var outgoing = new OutgoingEvent[batch.Count];
        for (var i = 0; i < outgoing.Length; i++)
        {
            outgoing[i] = envelopes.Create(batch[i], options);
        }

        return outgoing;
    }
}
