using System.Data.Common;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using CloudNative.Eventing;

namespace CloudNative.Shared.Outbox;

/// <summary>
/// An event as a row: the same columns in each kind of database, so that all of them are read and written alike.
/// </summary>
internal static class OutboxRow
{
    public const string Columns =
        "topic, source, id, type, subject, time, content_type, data_schema, partition_key, "
        + "trace_parent, trace_state, extensions, data, delay, enqueued";

    /// <summary>
    /// The values of <see cref="Columns"/>: text, and from <c>data</c> on bytes and two numbers of milliseconds.
    /// </summary>
    public static object?[] Values(OutgoingEvent outgoing, DateTimeOffset now)
    {
        var (topic, envelope, delay) = outgoing;
        return
        [
            topic, envelope.Source, envelope.Id, envelope.Type, envelope.Subject,
            envelope.Time?.ToString("O", CultureInfo.InvariantCulture), envelope.DataContentType, envelope.DataSchema, envelope.Key,
            envelope.TraceParent, envelope.TraceState, ExtensionsText.Write(envelope.Extensions), Bytes(envelope.Data),
            delay.Ticks / TimeSpan.TicksPerMillisecond, now.ToUnixTimeMilliseconds(),
        ];
    }

    /// <summary>The event of a row whose columns begin at the given one.</summary>
    /// <exception cref="Exception">The row holds no event; see <see cref="IsUnreadable"/>.</exception>
    public static OutgoingEvent Read(DbDataReader reader, int first)
    {
        var topic = reader.GetString(first);
        if (!EventTopic.IsValid(topic))
        {
            throw new FormatException($"'{topic}' is no name of a topic.");
        }

        var envelope = new EventEnvelope
        {
            Source = Required(reader, first + 1),
            Id = Required(reader, first + 2),
            Type = Required(reader, first + 3),
            Subject = Optional(reader, first + 4),
            Time = Optional(reader, first + 5) is { } time
                ? DateTimeOffset.Parse(time, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal)
                : null,
            DataContentType = Optional(reader, first + 6),
            DataSchema = Optional(reader, first + 7),
            Key = Optional(reader, first + 8),
            TraceParent = Optional(reader, first + 9),
            TraceState = Optional(reader, first + 10),
            Extensions = ExtensionsText.Read(Optional(reader, first + 11)),
            Data = reader.GetFieldValue<byte[]>(first + 12),
        };
        var delay = TimeSpan.FromMilliseconds(reader.GetInt64(first + 13));
        return delay >= TimeSpan.Zero
            ? new OutgoingEvent(topic, envelope, delay)
            : throw new FormatException($"A delay of {delay} lies in the past.");
    }

    /// <summary>Whether a row could not be read because of what it holds.</summary>
    public static bool IsUnreadable(Exception exception) => exception is InvalidCastException or InvalidOperationException
        or FormatException or JsonException or OverflowException or ArgumentException;

    private static string Required(DbDataReader reader, int column) => reader.GetString(column) is { Length: > 0 } text
        ? text
        : throw new FormatException($"The column {reader.GetName(column)} is empty.");

    private static string? Optional(DbDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetString(column);

    private static byte[] Bytes(ReadOnlyMemory<byte> data) =>
        MemoryMarshal.TryGetArray(data, out var segment)
        && segment.Array is { } array && segment.Offset == 0 && segment.Count == array.Length
            ? array
            : data.ToArray();
}
