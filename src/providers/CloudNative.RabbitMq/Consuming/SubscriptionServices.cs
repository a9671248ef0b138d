using CloudNative.RabbitMq.Connecting;
using CloudNative.RabbitMq.Publishing;
using CloudNative.RabbitMq.Topology;

namespace CloudNative.RabbitMq.Consuming;

/// <summary>What a subscription needs of its transport.</summary>
/// <param name="Context">What all parts share.</param>
/// <param name="Connection">The connection for deliveries.</param>
/// <param name="Topology">Makes the group's queues.</param>
/// <param name="Publisher">Puts back what is to come again.</param>
internal sealed record SubscriptionServices(
    BrokerContext Context, BrokerConnection Connection, TopologyDesk Topology, ConfirmedPublisher Publisher);
