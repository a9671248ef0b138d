using CloudNative.Eventing;

namespace Shop.Ordering.Events;

/// <summary>An order is paid; from payments.</summary>
[Event("payments.accepted", Version = 1)]
internal sealed record PaymentAccepted(Guid OrderId);
