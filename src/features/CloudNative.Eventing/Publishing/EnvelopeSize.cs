using System.Text;

namespace CloudNative.Eventing.Publishing;

/// <summary>The size of an envelope as transports count it: bytes of data, and of attributes with their names.</summary>
internal static class EnvelopeSize
{
    // Names and values that every envelope has, and what a codec puts between them.
    private const int Overhead = 256;
    private const int MostBytesPerChar = 3;
    private const int LongestNumber = 11;

    /// <summary>Whether an envelope is within a limit.</summary>
    public static bool Fits(EventEnvelope envelope, int limit) => Fits(envelope, envelope.Id.Length, limit);

    /// <summary>
    /// Whether an envelope is within a limit; counts exactly only when it is near. The length of its id is given, so that an id that
    /// nobody reads is not written out for it.
    /// </summary>
    public static bool Fits(EventEnvelope envelope, int idLength, int limit) =>
        (envelope.Extensions is null
            && envelope.Data.Length + Overhead + ((long)MostBytesPerChar * (idLength + Characters(envelope))) <= limit)
        || Of(envelope) <= limit;

    /// <summary>The exact size.</summary>
    public static long Of(EventEnvelope envelope)
    {
        var size = (long)envelope.Data.Length
            + Bytes("id", envelope.Id) + Bytes("source", envelope.Source) + Bytes("type", envelope.Type)
            + Bytes("subject", envelope.Subject) + Bytes("datacontenttype", envelope.DataContentType)
            + Bytes("dataschema", envelope.DataSchema) + Bytes("partitionkey", envelope.Key)
            + Bytes("traceparent", envelope.TraceParent) + Bytes("tracestate", envelope.TraceState)
            + (envelope.Time is null ? 0 : "time".Length + "9999-12-31T23:59:59.9999999+00:00".Length);
        foreach (var (name, value) in envelope.Extensions ?? new Dictionary<string, object>())
        {
            size += name.Length + (value is string text ? Encoding.UTF8.GetByteCount(text) : LongestNumber);
        }

        return size;
    }

    private static long Bytes(string name, string? value) =>
        value is null ? 0 : name.Length + Encoding.UTF8.GetByteCount(value);

    private static int Characters(EventEnvelope envelope) =>
        (envelope.Subject?.Length ?? 0) + (envelope.DataContentType?.Length ?? 0) + (envelope.DataSchema?.Length ?? 0)
        + (envelope.Key?.Length ?? 0) + (envelope.TraceParent?.Length ?? 0) + (envelope.TraceState?.Length ?? 0)
        + envelope.Source.Length + envelope.Type.Length;
}
