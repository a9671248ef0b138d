using System.Buffers;

namespace CloudNative.Eventing;

/// <summary>
/// Writes and reads events as CloudEvents 1.0, in JSON by
/// <see href="https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/formats/json-format.md"/>
/// and the headers of <see href="https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/bindings/http-protocol-binding.md"/>.
/// Thread-safe; a singleton.
/// </summary>
/// <remarks>
/// JSON data keeps its exact bytes. What is read may hold parts of the buffer that it was read from, which must not change any more.
/// Events may have 64 KiB of attributes, 100 extensions, and data nested 64 deep; batches 10,000 events.
/// </remarks>
public interface ICloudEventFormat
{
    /// <summary>Says whether an event follows the rules of CloudEvents, so that every format and transport takes it.</summary>
    /// <param name="value">The event.</param>
    /// <exception cref="EventRejectedException">It does not; the message names the attribute.</exception>
    void Check(EventEnvelope value);

    /// <summary>Writes one event as <c>application/cloudevents+json</c>.</summary>
    /// <param name="value">The event.</param>
    /// <param name="output">Gets the JSON; nothing when the event is refused.</param>
    /// <exception cref="EventRejectedException">An attribute breaks the rules.</exception>
    void Write(EventEnvelope value, IBufferWriter<byte> output);

    /// <summary>Writes events as <c>application/cloudevents-batch+json</c>.</summary>
    /// <param name="batch">The events; may be empty.</param>
    /// <param name="output">Gets the JSON; nothing when an event is refused.</param>
    /// <exception cref="EventRejectedException">An attribute of one of them breaks the rules.</exception>
    void WriteBatch(IReadOnlyList<EventEnvelope> batch, IBufferWriter<byte> output);

    /// <summary>Writes the attributes of an event as HTTP headers (binary mode); the body is its data as it is.</summary>
    /// <param name="value">The event.</param>
    /// <param name="headers">Gets <c>Content-Type</c> and the headers that begin with <c>ce-</c>.</param>
    /// <exception cref="EventRejectedException">An attribute breaks the rules.</exception>
    void WriteHeaders(EventEnvelope value, IDictionary<string, string> headers);

    /// <summary>Reads one event from <c>application/cloudevents+json</c>.</summary>
    /// <param name="json">The whole document.</param>
    /// <returns>The event.</returns>
    /// <exception cref="MalformedEventException">It is no valid event.</exception>
    EventEnvelope Read(ReadOnlyMemory<byte> json);

    /// <summary>Reads events from <c>application/cloudevents-batch+json</c>.</summary>
    /// <param name="json">The whole document.</param>
    /// <returns>The events; may be none.</returns>
    /// <exception cref="MalformedEventException">It is no array of valid events; one bad event spoils it all.</exception>
    IReadOnlyList<EventEnvelope> ReadBatch(ReadOnlyMemory<byte> json);

    /// <summary>
    /// Reads an HTTP message in whichever of the three modes its <c>Content-Type</c> says. In binary mode all extensions are strings.
    /// </summary>
    /// <param name="headers">The headers of the message, in any case; others than these are passed over.</param>
    /// <param name="body">The whole body.</param>
    /// <returns>The events: one in binary and structured mode, any number in a batch.</returns>
    /// <exception cref="MalformedEventException">It is no valid event, or of another format than JSON.</exception>
    IReadOnlyList<EventEnvelope> ReadMessage(IEnumerable<KeyValuePair<string, string>> headers, ReadOnlyMemory<byte> body);
}
