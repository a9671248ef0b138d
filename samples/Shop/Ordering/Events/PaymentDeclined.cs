using CloudNative.Eventing;

namespace Shop.Ordering.Events;

/// <summary>An order will not be paid; from payments.</summary>
[Event("payments.declined", Version = 1)]
internal sealed record PaymentDeclined(Guid OrderId, string Reason);
