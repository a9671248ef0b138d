using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using CloudNative.Eventing.CloudEvents;
using CloudNative.Eventing.Configuration;
using CloudNative.Eventing.Json;
using CloudNative.Eventing.Transport;

namespace CloudNative.Eventing.Publishing;

/// <summary>
/// Makes the envelope of an event that this service publishes, and refuses what nobody could publish. Thread-safe.
/// </summary>
internal sealed class EnvelopeFactory(ServiceInfo service, EventJson json, ChosenTransport transport, TimeProvider time)
{
    private const int GuidLength = 36;
    private readonly ConcurrentDictionary<Type, PublishedType> _types = new();
    private readonly EventIds _ids = new();
    private readonly string _source = $"/services/{service.Name}";

    /// <summary>Makes an envelope.</summary>
    /// <param name="data">The event.</param>
    /// <param name="options">What the publisher said beyond it.</param>
    /// <typeparam name="T">
    /// The type of the event; its run-time type counts when this one carries no <see cref="EventAttribute"/>.
    /// </typeparam>
    /// <returns>The event on its way.</returns>
    /// <exception cref="EventRejectedException">It cannot be published as it is.</exception>
    /// <exception cref="EventTransportException">No provider serves events.</exception>
    public OutgoingEvent Create<T>(T data, PublishOptions? options)
    {
        ArgumentNullException.ThrowIfNull(data);
        var target = transport.Get();
        var type = TypeOf(data);
        var now = time.GetUtcNow();
        var id = _ids.Next(now);
        var bytes = Serialize(data, type.Json);
        var trace = CurrentTrace();
        if (options is null)
        {
            var plain = new EventEnvelope(id, _source, type.Event.WireName)
            {
                Time = now,
                TraceParent = trace.Parent,
                TraceState = trace.State,
                Data = bytes,
            };
            return Checked(new OutgoingEvent(type.Event.Topic, plain), GuidLength, target);
        }

        Check(options, target);
        var envelope = new EventEnvelope(id, _source, type.Event.WireName)
        {
            Id = options.Id!, // None leaves the UUID, which is written out when somebody asks.
            Time = options.Time ?? now,
            Subject = options.Subject,
            Key = options.Key,
            Extensions = options.Extensions,
            TraceParent = trace.Parent,
            TraceState = trace.State,
            Data = bytes,
        };
        var outgoing = new OutgoingEvent(options.Topic ?? type.Event.Topic, envelope, options.Delay);
        return Checked(outgoing, options.Id?.Length ?? GuidLength, target);
    }

    /// <summary>Where the event of a publisher goes, for its span.</summary>
    /// <exception cref="EventRejectedException">Its type has no name.</exception>
    public string TopicOf<T>(T data, PublishOptions? options)
    {
        ArgumentNullException.ThrowIfNull(data);
        return options?.Topic ?? TypeOf(data).Event.Topic;
    }

    private static (string? Parent, string? State) CurrentTrace() =>
        Activity.Current is { IdFormat: ActivityIdFormat.W3C } current ? (current.Id, current.TraceStateString) : default;

    private static void Check(PublishOptions options, IEventTransport target)
    {
        if ((EnvelopeRules.FindText(CloudEventAttributes.Id, options.Id)
            ?? EnvelopeRules.FindText(CloudEventAttributes.Subject, options.Subject)
            ?? EnvelopeRules.FindText(CloudEventAttributes.PartitionKey, options.Key)
            ?? EnvelopeRules.FindExtension(options.Extensions)) is { } problem)
        {
            throw new EventRejectedException(
                $"{ErrorIds.BadAttribute} This event cannot be published: {problem}. Attributes follow CloudEvents 1.0.");
        }

        if (options.Topic is { } topic && !EventTopic.IsValid(topic))
        {
            throw new EventRejectedException(
                $"{ErrorIds.BadName} '{topic}' is no name of a topic: use 1 to {EventTopic.LongestName} ASCII letters, digits, "
                + "'.', '-', '_' and ':', beginning with a letter or digit.");
        }

        if (options.Delay < TimeSpan.Zero)
        {
            throw new EventRejectedException(
                $"{ErrorIds.BadAttribute} The delay of an event is {options.Delay}: zero or more is allowed.");
        }

        if (options.Delay > TimeSpan.Zero && !target.Capabilities.HasFlag(TransportCapabilities.Delayed))
        {
            throw new EventRejectedException(
                $"{ErrorIds.NoDelay} The event asks for a delay of {options.Delay}, and its transport cannot hold events back. "
                + "Publish it when it is due, or choose a provider that can.");
        }
    }

    private static OutgoingEvent Checked(OutgoingEvent outgoing, int idLength, IEventTransport target) =>
        EnvelopeSize.Fits(outgoing.Event, idLength, target.MaxEventSize)
            ? outgoing
            : throw new EventRejectedException(
                $"{ErrorIds.TooLarge} The event '{outgoing.Event.Type}' has {EnvelopeSize.Of(outgoing.Event):N0} bytes; its "
                + $"transport takes {target.MaxEventSize:N0}. Store what is large elsewhere and publish a reference to it.");

    private static byte[] Serialize<T>(T data, JsonTypeInfo info)
    {
        try
        {
            return info is JsonTypeInfo<T> typed
                ? JsonSerializer.SerializeToUtf8Bytes(data, typed)
                : JsonSerializer.SerializeToUtf8Bytes(data, info);
        }
        catch (Exception exception)
        {
            throw new EventRejectedException(
                $"{ErrorIds.NotSerializable} {info.Type} cannot be written as JSON: {exception.Message}", exception);
        }
    }

    private PublishedType TypeOf<T>(T data)
    {
        if (_types.TryGetValue(typeof(T), out var known))
        {
            return known;
        }

        var type = !typeof(T).IsDefined(typeof(EventAttribute), inherit: false)
            && data!.GetType().IsDefined(typeof(EventAttribute), inherit: false) ? data.GetType() : typeof(T);
        return _types.TryGetValue(type, out known) ? known : _types.GetOrAdd(type, Find(type));
    }

    private PublishedType Find(Type type)
    {
        if (EventType.Check(type) is { } problem)
        {
            throw new EventRejectedException($"{ErrorIds.NoEventType} {problem}.");
        }

        return new PublishedType(EventType.Find(type)!, JsonOf(type));
    }

    private JsonTypeInfo JsonOf(Type type)
    {
        try
        {
            if (json.Find(type) is { } found)
            {
                return found;
            }
        }
        catch (Exception exception)
        {
            throw new EventRejectedException(
                $"{ErrorIds.NotSerializable} {type} cannot be written as JSON: {exception.Message}", exception);
        }

        throw new EventRejectedException($"{ErrorIds.NotSerializable} {JsonMessages.NoMetadata(type)}");
    }
}
