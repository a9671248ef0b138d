using System.Globalization;
using System.Text;
using CloudNative.Eventing;
using RabbitMQ.Client;

namespace CloudNative.RabbitMq.Messages;

/// <summary>
/// Writes events as messages in binary mode
/// (https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/bindings/amqp-protocol-binding.md): the data is
/// the body, its type the content type, all other attributes are headers.
/// </summary>
internal static class MessageWriter
{
    private const int LongestShortText = 255;
    private const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz";

    public static BasicProperties Write(EventEnvelope envelope, DateTimeOffset stored)
    {
        var headers = new Dictionary<string, object?>(12);
        Add(headers, "specversion", "1.0");
        Add(headers, "id", envelope.Id);
        Add(headers, "source", envelope.Source);
        Add(headers, "type", envelope.Type);
        Add(headers, "subject", envelope.Subject);
        Add(headers, "time", envelope.Time?.ToString(TimeFormat, CultureInfo.InvariantCulture));
        Add(headers, "dataschema", envelope.DataSchema);
        Add(headers, "partitionkey", envelope.Key);
        Add(headers, "traceparent", envelope.TraceParent);
        Add(headers, "tracestate", envelope.TraceState);
        foreach (var (name, value) in envelope.Extensions ?? new Dictionary<string, object>())
        {
            Add(headers, name, value);
        }

        var properties = Plain(envelope, stored, headers);
        if (Short(envelope.DataContentType) is { } contentType)
        {
            properties.ContentType = contentType;
        }
        else
        {
            Add(headers, "datacontenttype", envelope.DataContentType);
        }

        return properties;
    }

    /// <summary>Properties without the attributes of CloudEvents.</summary>
    public static BasicProperties Plain(
        EventEnvelope envelope, DateTimeOffset stored, Dictionary<string, object?>? headers = null)
    {
        headers ??= [];
        headers[HeaderNames.Stored] = stored.UtcTicks;
        return new BasicProperties { Persistent = true, Headers = headers, MessageId = Short(envelope.Id) };
    }

    /// <summary>Adds what became of it so far.</summary>
    public static BasicProperties With(BasicProperties properties, int attempts, IReadOnlyList<DeliveryFailure> failures)
    {
        properties.Headers![HeaderNames.Attempts] = attempts;
        if (failures.Count > 0)
        {
            properties.Headers[HeaderNames.Failures] = failures.Select(failure => (object)new Dictionary<string, object?>
            {
                [HeaderNames.Reason] = failure.Reason.ToString(),
                [HeaderNames.Detail] = failure.Detail,
                [HeaderNames.At] = failure.At.ToString(TimeFormat, CultureInfo.InvariantCulture),
                [HeaderNames.Attempt] = failure.Attempt,
            }).ToList();
        }

        return properties;
    }

    private static void Add(Dictionary<string, object?> headers, string name, object? value)
    {
        if (value is not null)
        {
            headers[HeaderNames.AttributePrefix + name] = value;
        }
    }

    /// <summary>A text that has a place in the properties of AMQP 0-9-1; what is longer has none.</summary>
    public static string? Short(string? text) =>
        text is not null && Encoding.UTF8.GetByteCount(text) <= LongestShortText ? text : null;
}
