namespace Shop.Smoke;

/// <summary>A page of any of the shop's lists, the latest first.</summary>
internal sealed record ItemsPage<T>(T[] Items, int Total);
