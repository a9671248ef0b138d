using RabbitMQ.Client;

namespace CloudNative.RabbitMq.Consuming;

/// <summary>A message as it came.</summary>
/// <param name="Tag">What the channel calls it.</param>
/// <param name="Exchange">Where it was published.</param>
/// <param name="Properties">Its properties and headers.</param>
/// <param name="Body">Its body; a copy.</param>
internal readonly record struct ReceivedMessage(ulong Tag, string Exchange, IReadOnlyBasicProperties Properties, byte[] Body);
