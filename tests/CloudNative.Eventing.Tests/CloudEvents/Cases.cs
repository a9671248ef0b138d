using System.Buffers;
using System.Text;
using CloudNative.Eventing.CloudEvents;

namespace CloudNative.Eventing.Tests.CloudEvents;

/// <summary>Writes and reads in one call.</summary>
internal static class Cases
{
    private static CloudEventFormat Format { get; } = new();

    public static EventEnvelope Read(string json) => Format.Read(Encoding.UTF8.GetBytes(json));

    public static IReadOnlyList<EventEnvelope> ReadBatch(string json) => Format.ReadBatch(Encoding.UTF8.GetBytes(json));

    public static string Write(EventEnvelope value)
    {
        var output = new ArrayBufferWriter<byte>();
        Format.Write(value, output);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }

    /// <summary>An event with the required attributes and further members.</summary>
    public static string With(string members) =>
        $$"""{"specversion":"1.0","id":"7","source":"/tills/3","type":"shop.sale.v1",{{members}}}""";

    public static string Text(EventEnvelope value) => Encoding.UTF8.GetString(value.Data.Span);

    /// <summary>Every attribute as text, to compare two events at a glance.</summary>
    public static string Describe(EventEnvelope value) => string.Join(
        '|',
        value.Id,
        value.Source,
        value.Type,
        value.Subject ?? "-",
        value.Time?.ToString("O") ?? "-",
        value.DataContentType ?? "-",
        value.DataSchema ?? "-",
        value.Key ?? "-",
        value.TraceParent ?? "-",
        value.TraceState ?? "-",
        string.Join(',', (value.Extensions ?? new Dictionary<string, object>())
            .OrderBy(extension => extension.Key, StringComparer.Ordinal)
            .Select(extension => $"{extension.Key}={extension.Value.GetType().Name}:{extension.Value}")),
        Convert.ToHexString(value.Data.Span));
}
