using CloudNative.Eventing;

namespace CloudNative.RabbitMq.Tests.MassTransit;

/// <summary>What some consumers take instead of the message itself.</summary>
public interface IOrderEvent
{
    string Order { get; }
}

/// <summary>The contract of both sides: MassTransit goes by the name of the class, this SDK by the attribute.</summary>
[Event("orders.placed")]
public sealed record OrderPlaced(string Order, decimal Total) : IOrderEvent;

/// <summary>A command, which is sent to an endpoint.</summary>
[Event("orders.submit", Topic = "submissions")]
public sealed record SubmitOrder(string Order);
