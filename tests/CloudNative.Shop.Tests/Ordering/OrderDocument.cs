namespace CloudNative.Shop.Tests.Ordering;

internal sealed record OrderDocument(Guid Id, long Number, OrderLineDocument[] Lines, decimal Total, string Status, string? Reason);
