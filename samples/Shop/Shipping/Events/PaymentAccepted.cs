using CloudNative.Eventing;

namespace Shop.Shipping.Events;

/// <summary>An order is paid: the sign to ship it.</summary>
[Event("payments.accepted", Version = 1)]
internal sealed record PaymentAccepted(Guid OrderId);
