using CloudNative.Eventing;
using CloudNative.RabbitMq.Connecting;
using CloudNative.RabbitMq.Messages;
using CloudNative.RabbitMq.Publishing;
using RabbitMQ.Client;

namespace CloudNative.RabbitMq.DeadLetters;

/// <summary>From an entry of the stream to a dead letter, and back to a message for its group.</summary>
internal sealed class LetterText(BrokerContext context)
{
    // What the broker and this package note in headers, and a first attempt does not have.
    private static readonly string[] _notes =
        [HeaderNames.Death, "x-first-death-", "x-last-death-", "x-stream-", HeaderNames.DeliveryCount, "cn-"];

    /// <summary>Reads a letter as it was put there.</summary>
    public DeadLetter Read(StreamRecord record)
    {
        var (topic, group) = LetterEntry.LetterOf(record.Properties)!.Value;
        var value = ReadEvent(record);
        var history = MessageReader.Failures(record.Properties);
        return new DeadLetter
        {
            Id = record.Offset + 1,
            Topic = topic,
            Group = group,
            Event = value,
            Raw = value?.Data ?? record.Body,
            Failure = history.Count > 0
                ? history[^1]
                : new DeliveryFailure(DeadLetterReason.Rejected, "Nothing was noted.", DateTimeOffset.UnixEpoch, 0),
            History = history,
        };
    }

    /// <summary>The event of a letter; <see langword="null"/> when it is none.</summary>
    public EventEnvelope? ReadEvent(StreamRecord record)
    {
        try
        {
            var topic = LetterEntry.LetterOf(record.Properties)!.Value.Topic;
            return MessageReader.Read(
                record.Properties, record.Body, string.Empty, context.Format, context.Formats.Of(topic));
        }
        catch (MalformedEventException)
        {
            return null;
        }
    }

    /// <summary>The letter that holds what was published.</summary>
    public static long RootOf(StreamRecord record) => EditMark.Of(record.Properties)?.Letter ?? record.Offset + 1;

    /// <summary>What its group gets again, as a first attempt, with the data that somebody has given it.</summary>
    public Parcel WriteReplay(StreamRecord record, LetterEdit? edit, ReadOnlyMemory<byte> data)
    {
        var queue = MessageReader.Header(record.Properties, HeaderNames.Queue) ?? string.Empty;
        var mark = edit is null ? EditMark.Of(record.Properties) : new EditMark(edit.By, edit.At, RootOf(record));
        var stored = MessageReader.Stored(record.Properties, context.Time.GetUtcNow());
        var body = edit is null ? record.Body : data;
        var properties = edit is not null && ReadEvent(record) is { } value
            ? MessageWriter.Write(value, stored)
            : AsItCame(record.Properties, stored);
        mark?.WriteTo(properties);
        return new Parcel(string.Empty, queue, properties, body);
    }

    private static BasicProperties AsItCame(IReadOnlyBasicProperties properties, DateTimeOffset stored)
    {
        var headers = (properties.Headers ?? new Dictionary<string, object?>())
            .Where(header => !_notes.Any(note => header.Key.StartsWith(note, StringComparison.Ordinal)))
            .ToDictionary();
        headers[HeaderNames.Stored] = stored.UtcTicks;
        var copy = new BasicProperties(properties) { Persistent = true, Headers = headers };
        Republishing.Clean(copy);
        return copy;
    }
}
