namespace CloudNative.Eventing;

/// <summary>
/// An event with the attributes of CloudEvents 1.0 (https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/spec.md). Immutable;
/// two events are the same when <see cref="Source"/> and <see cref="Id"/> are.
/// </summary>
public sealed class EventEnvelope
{
    /// <summary>Unique together with <see cref="Source"/>; not empty.</summary>
    public required string Id { get; init; }

    /// <summary>Who published it: a URI reference; not empty. Ours are <c>/services/&lt;name&gt;</c>.</summary>
    public required string Source { get; init; }

    /// <summary>The name of its kind with version, such as <c>orders.placed.v2</c>; not empty.</summary>
    public required string Type { get; init; }

    /// <summary>What it is about within the source.</summary>
    public string? Subject { get; init; }

    /// <summary>When it happened.</summary>
    public DateTimeOffset? Time { get; init; }

    /// <summary>The media type of <see cref="Data"/>; JSON when <see langword="null"/>.</summary>
    public string? DataContentType { get; init; }

    /// <summary>A URI of the schema that the data follows.</summary>
    public string? DataSchema { get; init; }

    /// <summary>
    /// Events of one key are kept in order where that is asked for: the extension <c>partitionkey</c>.
    /// </summary>
    public string? Key { get; init; }

    /// <summary>W3C trace context of the publisher: the extension <c>traceparent</c>.</summary>
    public string? TraceParent { get; init; }

    /// <summary>The extension <c>tracestate</c>.</summary>
    public string? TraceState { get; init; }

    /// <summary>
    /// Further extensions by name (lower-case letters and digits). Values are <see cref="string"/>, <see cref="bool"/> or
    /// <see cref="int"/>; bytes, URIs and times stand in their canonical text.
    /// </summary>
    public IReadOnlyDictionary<string, object>? Extensions { get; init; }

    /// <summary>The body as it travels; empty when there is none.</summary>
    public ReadOnlyMemory<byte> Data { get; init; }
}
