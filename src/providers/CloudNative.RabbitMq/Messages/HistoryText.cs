using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using CloudNative.Eventing;

namespace CloudNative.RabbitMq.Messages;

/// <summary>What failed with a dead letter, as one header: a stream keeps no lists and tables in headers.</summary>
internal static class HistoryText
{
    private static readonly JsonWriterOptions _readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Write(IReadOnlyList<DeliveryFailure> failures)
    {
        var output = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(output, _readable))
        {
            writer.WriteStartArray();
            foreach (var failure in failures)
            {
                writer.WriteStartObject();
                writer.WriteString(HeaderNames.Reason, failure.Reason.ToString());
                writer.WriteString(HeaderNames.Detail, failure.Detail);
                writer.WriteString(HeaderNames.At, failure.At);
                writer.WriteNumber(HeaderNames.Attempt, failure.Attempt);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
        }

        return Encoding.UTF8.GetString(output.WrittenSpan);
    }

    /// <summary>Reads it; nothing when somebody else has written there.</summary>
    public static IReadOnlyList<DeliveryFailure> Read(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return [.. document.RootElement.EnumerateArray().Select(ReadOne)];
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or FormatException
            or KeyNotFoundException)
        {
            return [];
        }
    }

    private static DeliveryFailure ReadOne(JsonElement item)
    {
        _ = Enum.TryParse<DeadLetterReason>(item.GetProperty(HeaderNames.Reason).GetString(), out var reason);
        return new DeliveryFailure(
            reason,
            item.GetProperty(HeaderNames.Detail).GetString() ?? string.Empty,
            item.GetProperty(HeaderNames.At).GetDateTimeOffset(),
            item.GetProperty(HeaderNames.Attempt).GetInt32());
    }
}
