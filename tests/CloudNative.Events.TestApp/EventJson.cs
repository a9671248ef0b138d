using System.Text.Json.Serialization;

namespace CloudNative.Events.TestApp;

[JsonSerializable(typeof(OrderPlaced))]
internal sealed partial class EventJson : JsonSerializerContext;
