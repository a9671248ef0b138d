using CloudNative.RabbitMq.Topology;
using RabbitMQ.Client;

namespace CloudNative.RabbitMq.MassTransit;

/// <summary>
/// The exchange of a message as MassTransit declares it, so that it does not matter who comes first: a durable fanout
/// exchange without arguments, bound without a key. What is published to it reaches the topic as well, with the
/// publisher's routing key.
/// </summary>
internal static class MassTransitTopology
{
    public static async Task DeclareAsync(Declarer declarer, MassTransitMessage message, string topic)
    {
        await declarer.ExchangeAsync(message.Exchange, ExchangeType.Fanout).ConfigureAwait(false);
        await declarer.BindExchangeAsync(topic, message.Exchange, string.Empty).ConfigureAwait(false);
        foreach (var implemented in message.Implemented)
        {
            await declarer.ExchangeAsync(implemented, ExchangeType.Fanout).ConfigureAwait(false);
            await declarer.BindExchangeAsync(implemented, message.Exchange, string.Empty).ConfigureAwait(false);
        }
    }
}
