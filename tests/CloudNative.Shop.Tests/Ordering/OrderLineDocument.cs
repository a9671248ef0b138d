namespace CloudNative.Shop.Tests.Ordering;

internal sealed record OrderLineDocument(string ProductId, string Name, int Quantity, decimal Price);
