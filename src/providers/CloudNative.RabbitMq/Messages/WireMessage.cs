using RabbitMQ.Client;

namespace CloudNative.RabbitMq.Messages;

/// <summary>An event as it goes to the broker.</summary>
/// <param name="Exchange">Where it goes.</param>
/// <param name="Properties">Its properties and headers.</param>
/// <param name="Body">Its body.</param>
internal readonly record struct WireMessage(string Exchange, BasicProperties Properties, ReadOnlyMemory<byte> Body);
