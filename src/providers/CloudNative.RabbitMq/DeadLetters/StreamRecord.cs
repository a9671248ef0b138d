using RabbitMQ.Client;

namespace CloudNative.RabbitMq.DeadLetters;

/// <summary>One entry of a stream.</summary>
/// <param name="Offset">Its place; from 0.</param>
/// <param name="Properties">Its properties and headers.</param>
/// <param name="Body">Its body, a copy; empty where bodies are not asked for.</param>
internal readonly record struct StreamRecord(long Offset, IReadOnlyBasicProperties Properties, byte[] Body);
