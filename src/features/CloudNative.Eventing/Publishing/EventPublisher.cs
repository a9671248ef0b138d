using CloudNative.Eventing.Transport;

namespace CloudNative.Eventing.Publishing;

/// <summary>Makes envelopes and hands them to the transport.</summary>
internal sealed class EventPublisher(EnvelopeFactory envelopes, ChosenTransport transport) : IEventPublisher
{
    public ValueTask PublishAsync<T>(T data, PublishOptions? options, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var outgoing = envelopes.Create(data, options);
        return transport.Get().AppendAsync([outgoing], cancellationToken);
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

        var outgoing = new OutgoingEvent[batch.Count];
        for (var i = 0; i < outgoing.Length; i++)
        {
            outgoing[i] = envelopes.Create(batch[i], options);
        }

        return transport.Get().AppendAsync(outgoing, cancellationToken);
    }
}
