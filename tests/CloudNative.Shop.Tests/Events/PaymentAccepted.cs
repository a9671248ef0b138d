using CloudNative.Eventing;

namespace CloudNative.Shop.Tests.Events;

[Event("payments.accepted")]
internal sealed record PaymentAccepted(Guid OrderId, long OrderNumber, decimal Amount);
