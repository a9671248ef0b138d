using CloudNative.Eventing;

namespace Shop.Payments.Events;

/// <summary>An order will not be paid.</summary>
[Event("payments.declined", Version = 1)]
internal sealed record PaymentDeclined(Guid OrderId, string Reason);
