namespace CloudNative.Shop.Tests.Payments;

internal sealed record PaymentDocument(Guid OrderId, decimal Amount, bool Accepted, string? Reason, int Attempt);
