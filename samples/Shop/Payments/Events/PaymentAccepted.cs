using CloudNative.Eventing;

namespace Shop.Payments.Events;

/// <summary>An order is paid.</summary>
[Event("payments.accepted", Version = 1)]
internal sealed record PaymentAccepted(Guid OrderId, long OrderNumber, decimal Amount);
