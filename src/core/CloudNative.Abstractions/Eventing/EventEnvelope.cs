using System.Diagnostics.CodeAnalysis;

namespace CloudNative.Eventing;

/// <summary>
/// An event with the attributes of CloudEvents 1.0 (https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/spec.md). Immutable;
/// two events are the same when <see cref="Source"/> and <see cref="Id"/> are.
/// </summary>
public sealed class EventEnvelope : IEquatable<EventEnvelope>
{
    // Most ids are made here and never read in this process: they are written out when somebody asks.
    private readonly Guid _guid;
    private readonly long _utcTicks;
    private readonly short _offsetMinutes;
    private readonly bool _hasTime;
    private readonly RareAttributes? _rare;
    private string? _id;

    /// <summary>Makes an event from its attributes.</summary>
    public EventEnvelope()
    {
    }

    /// <summary>Makes an event whose id is a UUID, which is written out when it is read.</summary>
    /// <param name="id">The UUID, not the empty one; <see cref="Id"/> is its lower-case text with hyphens.</param>
    /// <param name="source">See <see cref="Source"/>.</param>
    /// <param name="type">See <see cref="Type"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">The UUID is the empty one.</exception>
    [SetsRequiredMembers]
#pragma warning disable CS8618 // Id is written out of the UUID when it is read.
    public EventEnvelope(Guid id, string source, string type)
#pragma warning restore CS8618
    {
        ArgumentOutOfRangeException.ThrowIfEqual(id, Guid.Empty);
        _guid = id;
        Source = source;
        Type = type;
    }

    [SetsRequiredMembers]
#pragma warning disable CS8618 // Id is taken over as it stands, written out or not.
    private EventEnvelope(EventEnvelope other, ReadOnlyMemory<byte> data)
#pragma warning restore CS8618
    {
        (_guid, _id, _rare) = (other._guid, other._id, other._rare);
        (_utcTicks, _offsetMinutes, _hasTime) = (other._utcTicks, other._offsetMinutes, other._hasTime);
        (Source, Type, Key, TraceParent, Data) = (other.Source, other.Type, other.Key, other.TraceParent, data);
    }

    /// <summary>Unique together with <see cref="Source"/>; not empty.</summary>
    public required string Id
    {
        // A reader may set none and look whether there is one.
        get => _id ??= _guid == Guid.Empty ? null! : _guid.ToString();
        init => _id = value;
    }

    /// <summary>Who published it: a URI reference; not empty. Ours are <c>/services/&lt;name&gt;</c>.</summary>
    public required string Source { get; init; }

    /// <summary>The name of its kind with version, such as <c>orders.placed.v2</c>; not empty.</summary>
    public required string Type { get; init; }

    /// <summary>What it is about within the source.</summary>
    public string? Subject
    {
        get => _rare?.Subject;
        init => Rare(value, ref _rare)?.Subject = value;
    }

    /// <summary>When it happened.</summary>
    public DateTimeOffset? Time
    {
        get
        {
            var offset = TimeSpan.FromMinutes(_offsetMinutes);
            return _hasTime ? new DateTimeOffset(_utcTicks + offset.Ticks, offset) : null;
        }

        init
        {
            _hasTime = value is not null;
            _utcTicks = value?.UtcTicks ?? 0;
            _offsetMinutes = (short)(value?.TotalOffsetMinutes ?? 0);
        }
    }

    /// <summary>The media type of <see cref="Data"/>; JSON when <see langword="null"/>.</summary>
    public string? DataContentType
    {
        get => _rare?.DataContentType;
        init => Rare(value, ref _rare)?.DataContentType = value;
    }

    /// <summary>A URI of the schema that the data follows.</summary>
    public string? DataSchema
    {
        get => _rare?.DataSchema;
        init => Rare(value, ref _rare)?.DataSchema = value;
    }

    /// <summary>
    /// Events of one key are kept in order where that is asked for: the extension <c>partitionkey</c>.
    /// </summary>
    public string? Key { get; init; }

    /// <summary>W3C trace context of the publisher: the extension <c>traceparent</c>.</summary>
    public string? TraceParent { get; init; }

    /// <summary>The extension <c>tracestate</c>.</summary>
    public string? TraceState
    {
        get => _rare?.TraceState;
        init => Rare(value, ref _rare)?.TraceState = value;
    }

    /// <summary>
    /// Further extensions by name (lower-case letters and digits). Values are <see cref="string"/>, <see cref="bool"/> or
    /// <see cref="int"/>; bytes, URIs and times stand in their canonical text.
    /// </summary>
    public IReadOnlyDictionary<string, object>? Extensions
    {
        get => _rare?.Extensions;
        init => Rare(value, ref _rare)?.Extensions = value;
    }

    /// <summary>The body as it travels; empty when there is none.</summary>
    public ReadOnlyMemory<byte> Data { get; init; }

    /// <summary>The same event with other data.</summary>
    /// <param name="data">The data.</param>
    /// <returns>A copy; this one stays as it is.</returns>
    public EventEnvelope WithData(ReadOnlyMemory<byte> data) => new(this, data);

    /// <summary>Whether both are the same event: <see cref="Source"/> and <see cref="Id"/> are.</summary>
    /// <param name="other">The other event.</param>
    /// <returns>Whether they are.</returns>
    public bool Equals(EventEnvelope? other) =>
        ReferenceEquals(this, other)
        || (other is not null && HasIdOf(other) && string.Equals(Source, other.Source, StringComparison.Ordinal));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as EventEnvelope);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        // The id alone tells nearly all events apart. The text of a UUID counts as the UUID, which need not be written out.
        if (_id is null)
        {
            return _guid.GetHashCode();
        }

        return Guid.TryParseExact(_id, "D", out var uuid) ? uuid.GetHashCode() : _id.GetHashCode(StringComparison.Ordinal);
    }

    private bool HasIdOf(EventEnvelope other) => _id is null && other._id is null
        ? _guid == other._guid
        : string.Equals(Id, other.Id, StringComparison.Ordinal);

    private static RareAttributes? Rare(object? value, ref RareAttributes? rare) =>
        value is null ? rare : rare ??= new RareAttributes();

    /// <summary>What few events have; those do not carry the room for it.</summary>
    private sealed class RareAttributes
    {
        public string? Subject { get; set; }

        public string? DataContentType { get; set; }

        public string? DataSchema { get; set; }

        public string? TraceState { get; set; }

        public IReadOnlyDictionary<string, object>? Extensions { get; set; }
    }
}
