namespace CloudNative.Shop.Tests.Ordering;

internal sealed record OrderChangeDocument(long Sequence, Guid OrderId, string Status, string? Reason);
