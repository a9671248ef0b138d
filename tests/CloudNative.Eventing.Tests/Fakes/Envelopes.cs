using System.Text;
using System.Text.Json;
using CloudNative.Eventing.Publishing;

namespace CloudNative.Eventing.Tests.Fakes;

internal static class Envelopes
{
    public static EventEnvelope Of<T>(T data, string? type = null, string? traceParent = null) => new()
    {
        Id = Guid.NewGuid().ToString(),
        Source = "/services/tests",
        Type = type ?? EventType.Find(typeof(T))!.WireName,
        TraceParent = traceParent,
        Data = JsonSerializer.SerializeToUtf8Bytes(data, JsonSerializerOptions.Web),
    };

    public static EventEnvelope Raw(string data, string type = "orders.placed.v1", string? contentType = null) => new()
    {
        Id = "1",
        Source = "/services/tests",
        Type = type,
        DataContentType = contentType,
        Data = Encoding.UTF8.GetBytes(data),
    };
}
