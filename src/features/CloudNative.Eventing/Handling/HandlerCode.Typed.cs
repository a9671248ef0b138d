using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using CloudNative.Eventing.CloudEvents;

namespace CloudNative.Eventing.Handling;

/// <summary>A handler of one type of event.</summary>
internal sealed class HandlerCode<T>(EventCallback<T> callback, string description) : HandlerCode(description)
{
    public override Type EventType => typeof(T);

    public override ValueTask InvokeAsync(JsonTypeInfo json, EventContext context, CancellationToken cancellationToken) =>
        callback(Read((JsonTypeInfo<T>)json, context.Event), context, cancellationToken);

    private static T Read(JsonTypeInfo<T> json, EventEnvelope received)
    {
        if (!MediaType.IsJson(received.DataContentType))
        {
            throw new UnreadableDataException($"The data is {received.DataContentType}, not JSON");
        }

        T? data;
        try
        {
            data = JsonSerializer.Deserialize(received.Data.Span, json);
        }
        catch (Exception exception)
        {
            // Whatever the data makes a converter or constructor throw: it would do so again.
            throw new UnreadableDataException($"The data is no {typeof(T).Name}: {exception.Message}", exception);
        }

        return data is null ? throw new UnreadableDataException($"The data is null, not a {typeof(T).Name}") : data;
    }
}
