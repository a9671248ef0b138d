using CloudNative.Eventing.Publishing;
using CloudNative.Eventing.Transport;

namespace CloudNative.Eventing.Outbox;

/// <summary>
/// Hands batches of an outbox to the transport. What the transport will never take must not hold up the rest: it is singled out.
/// </summary>
internal sealed class OutboxMover(ChosenTransport transport)
{
    /// <summary>Moves a batch, in order.</summary>
    /// <returns>Which of its events can never be moved.</returns>
    /// <exception cref="EventTransportException">It cannot be moved now.</exception>
    public async ValueTask<IReadOnlyList<OutboxRejection>> MoveAsync(
        IReadOnlyList<OutgoingEvent> batch, CancellationToken cancellationToken)
    {
        var target = transport.Get();
        var rejections = new List<OutboxRejection>();
        var good = new List<(int Index, OutgoingEvent Outgoing)>(batch.Count);
        for (var index = 0; index < batch.Count; index++)
        {
            // It was checked when it was enqueued; the transport may be another one since.
            if (Refusal(batch[index], target) is { } reason)
            {
                rejections.Add(new OutboxRejection(index, reason));
            }
            else
            {
                good.Add((index, batch[index]));
            }
        }

        if (good.Count > 0 && !await TryAppendAsync(target, good, rejections, cancellationToken).ConfigureAwait(false))
        {
            foreach (var one in good)
            {
                await TryAppendAsync(target, [one], rejections, cancellationToken).ConfigureAwait(false);
            }
        }

        return rejections;
    }

    private static string? Refusal(OutgoingEvent outgoing, IEventTransport target)
    {
        if (!EnvelopeSize.Fits(outgoing.Event, target.MaxEventSize))
        {
            return $"It has {EnvelopeSize.Of(outgoing.Event):N0} bytes; the transport takes {target.MaxEventSize:N0}.";
        }

        return outgoing.Delay > TimeSpan.Zero && !target.Capabilities.HasFlag(TransportCapabilities.Delayed)
            ? $"It asks for a delay of {outgoing.Delay}, and the transport cannot hold events back."
            : null;
    }

    // False when one of several was refused; one alone is added to what was.
    private static async ValueTask<bool> TryAppendAsync(
        IEventTransport target,
        List<(int Index, OutgoingEvent Outgoing)> events,
        List<OutboxRejection> rejections,
        CancellationToken cancellationToken)
    {
        try
        {
            await target.AppendAsync([.. events.Select(one => one.Outgoing)], cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (Exception exception) when (exception is EventRejectedException or ArgumentException)
        {
            if (events.Count == 1)
            {
                rejections.Add(new OutboxRejection(events[0].Index, exception.Message));
            }

            return false;
        }
    }
}
