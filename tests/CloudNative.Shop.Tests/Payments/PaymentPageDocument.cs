namespace CloudNative.Shop.Tests.Payments;

internal sealed record PaymentPageDocument(PaymentDocument[] Items, int Total);
