using System.Text.Json;
using CloudNative.Eventing;

namespace CloudNative.Testing.Agent.Client;

internal sealed record WireEvent(
    string Topic,
    TimeSpan Delay,
    string Id,
    string Source,
    string Type,
    string? Subject,
    DateTimeOffset? Time,
    string? DataContentType,
    string? DataSchema,
    string? Key,
    string? TraceParent,
    string? TraceState,
    Dictionary<string, JsonElement>? Extensions,
    byte[] Data)
{
    public static WireEvent Of(string topic, EventEnvelope item, TimeSpan delay = default) => new(
        topic,
        delay,
        item.Id,
        item.Source,
        item.Type,
        item.Subject,
        item.Time,
        item.DataContentType,
        item.DataSchema,
        item.Key,
        item.TraceParent,
        item.TraceState,
        item.Extensions?.ToDictionary(pair => pair.Key, pair => JsonSerializer.SerializeToElement(pair.Value)),
        item.Data.ToArray());

    public OutgoingEvent ToOutgoing() => new(Topic, ToEnvelope(), Delay);

    public EventEnvelope ToEnvelope() => new()
    {
        Id = Id,
        Source = Source,
        Type = Type,
        Subject = Subject,
        Time = Time,
        DataContentType = DataContentType,
        DataSchema = DataSchema,
        Key = Key,
        TraceParent = TraceParent,
        TraceState = TraceState,
        Extensions = Extensions?.ToDictionary(pair => pair.Key, pair => Value(pair.Value)),
        Data = Data,
    };

    private static object Value(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.Number => element.GetInt32(),
        _ => element.GetString()!,
    };
}
