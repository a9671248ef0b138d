using System.Text.Json.Serialization;

namespace EventWorker;

/// <summary>Writes and reads the events without reflection, as a service needs that is compiled ahead of time.</summary>
[JsonSerializable(typeof(OrderPlaced))]
internal sealed partial class EventJson : JsonSerializerContext;
