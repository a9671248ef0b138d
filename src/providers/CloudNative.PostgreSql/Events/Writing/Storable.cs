using System.Text;
using CloudNative.Eventing;
using CloudNative.PostgreSql.Configuration;
using CloudNative.Shared.EventLog;

namespace CloudNative.PostgreSql.Events.Writing;

/// <summary>
/// What the log can store. What the server would refuse is refused before: it would take all that is stored with it along.
/// </summary>
internal static class Storable
{
    public const int MostBytes = 1024 * 1024;

    // Keys stand in indexes, whose rows have to fit into a third of a page.
    private const int MostBytesOfKey = 2000;

    private static readonly UTF8Encoding _strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Makes an event ready.</summary>
    /// <exception cref="EventRejectedException">It cannot be stored.</exception>
    public static NewEvent From(in OutgoingEvent outgoing)
    {
        var envelope = outgoing.Event;
        ArgumentOutOfRangeException.ThrowIfLessThan(outgoing.Delay, TimeSpan.Zero, nameof(outgoing));
        ArgumentException.ThrowIfNullOrEmpty(envelope.Id, nameof(outgoing));
        ArgumentException.ThrowIfNullOrEmpty(envelope.Source, nameof(outgoing));
        ArgumentException.ThrowIfNullOrEmpty(envelope.Type, nameof(outgoing));
        RequireText(envelope, envelope.Id);
        RequireText(envelope, envelope.Source);
        RequireText(envelope, envelope.Type);
        RequireText(envelope, envelope.Key);
        RequireShortKey(envelope);
        var attributes = Attributes.Write(envelope);
        var size = envelope.Data.Length + (attributes?.Length ?? 0)
            + envelope.Id.Length + envelope.Source.Length + envelope.Type.Length + (envelope.Key?.Length ?? 0);
        return size <= MostBytes
            ? new NewEvent(
                outgoing.Topic,
                envelope,
                attributes,
                EventIdentity.Of(outgoing.Topic, envelope.Source, envelope.Id),
                (long)Math.Ceiling(outgoing.Delay.TotalMilliseconds))
            : throw new EventRejectedException(
                $"{ErrorIds.NotStorable} Event '{envelope.Id}' has {size} bytes; the log in PostgreSQL takes up to {MostBytes}. "
                + "Put the large part elsewhere and publish where it lies.");
    }

    private static void RequireShortKey(EventEnvelope envelope)
    {
        var length = envelope.Key is { } key ? _strict.GetByteCount(key) : 0;
        if (length > MostBytesOfKey)
        {
            throw new EventRejectedException(
                $"{ErrorIds.NotStorable} The key of event '{envelope.Id}' has {length} bytes; the log in PostgreSQL takes up to "
                + $"{MostBytesOfKey}. A key names what events belong to, such as the number of an order; a hash of a longer one does "
                + "so too.");
        }
    }

    private static void RequireText(EventEnvelope envelope, string? text)
    {
        try
        {
            if (text is null || (!text.Contains('\0', StringComparison.Ordinal) && _strict.GetByteCount(text) >= 0))
            {
                return;
            }
        }
        catch (EncoderFallbackException)
        {
            // Half of a pair of UTF-16.
        }

        throw new EventRejectedException(
            $"{ErrorIds.NotStorable} An attribute of the event of type '{envelope.Type}' holds a character that is none of Unicode, or the "
            + "one of number 0, which PostgreSQL does not store. Leave it out of id, source, type and key.");
    }
}
