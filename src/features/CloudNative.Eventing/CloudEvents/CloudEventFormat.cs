using System.Buffers;
using CloudNative.Eventing.Configuration;

namespace CloudNative.Eventing.CloudEvents;

/// <summary>CloudEvents 1.0 without reflection; it keeps no state.</summary>
internal sealed class CloudEventFormat : ICloudEventFormat
{
    private const string Structured = "application/cloudevents";
    private const string StructuredJson = "application/cloudevents+json";
    private const string BatchJson = "application/cloudevents-batch+json";

    public void Check(EventEnvelope value)
    {
        ArgumentNullException.ThrowIfNull(value);
        if (EnvelopeRules.FindProblem(value) is { } problem)
        {
            throw new EventRejectedException(
                $"{ErrorIds.BadAttribute} This event cannot be published: {problem}. Attributes follow CloudEvents 1.0.");
        }
    }

    public void Write(EventEnvelope value, IBufferWriter<byte> output)
    {
        ArgumentNullException.ThrowIfNull(output);
        Check(value);
        using var json = CloudEventWriter.Open(output);
        CloudEventWriter.Write(json, value);
    }

    public void WriteBatch(IReadOnlyList<EventEnvelope> batch, IBufferWriter<byte> output)
    {
        ArgumentNullException.ThrowIfNull(batch);
        ArgumentNullException.ThrowIfNull(output);
        if (batch.Count > CloudEventLimits.BatchEvents)
        {
            throw new EventRejectedException(
                $"{ErrorIds.BadAttribute} A batch of {batch.Count} events cannot be written: "
                + $"{CloudEventLimits.BatchEvents} are allowed; split it.");
        }

        foreach (var value in batch)
        {
            Check(value);
        }

        using var json = CloudEventWriter.Open(output);
        json.WriteStartArray();
        foreach (var value in batch)
        {
            CloudEventWriter.Write(json, value);
        }

        json.WriteEndArray();
    }

    public void WriteHeaders(EventEnvelope value, IDictionary<string, string> headers)
    {
        ArgumentNullException.ThrowIfNull(headers);
        Check(value);
        CloudEventHeaders.Write(value, headers);
    }

    public EventEnvelope Read(ReadOnlyMemory<byte> json) => CloudEventReader.Read(json);

    public IReadOnlyList<EventEnvelope> ReadBatch(ReadOnlyMemory<byte> json) => CloudEventReader.ReadBatch(json);

    public IReadOnlyList<EventEnvelope> ReadMessage(
        IEnumerable<KeyValuePair<string, string>> headers, ReadOnlyMemory<byte> body)
    {
        ArgumentNullException.ThrowIfNull(headers);
        var all = headers.ToArray();
        var contentType = Array.Find(
            all, header => string.Equals(header.Key, CloudEventHeaders.ContentType, StringComparison.OrdinalIgnoreCase)).Value;
        var type = MediaType.WithoutParameters(contentType);
        if (!type.StartsWith(Structured, StringComparison.OrdinalIgnoreCase))
        {
            return [CloudEventHeaders.Read(all, body)];
        }

        if (type.Equals(StructuredJson, StringComparison.OrdinalIgnoreCase))
        {
            return [Read(body)];
        }

        return type.Equals(BatchJson, StringComparison.OrdinalIgnoreCase)
            ? ReadBatch(body)
            : throw EnvelopeDraft.Malformed($"its format is not JSON; {StructuredJson} and {BatchJson} are read");
    }
}
