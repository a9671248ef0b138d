using CloudNative.Eventing;

namespace CloudNative.Shop.Tests.Events;

[Event("payments.declined")]
internal sealed record PaymentDeclined(Guid OrderId, string Reason);
