namespace CloudNative.Shop.Tests.Ordering;

internal sealed record OrderPageDocument(OrderDocument[] Items, int Total);
