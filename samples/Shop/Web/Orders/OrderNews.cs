namespace Shop.Web.Orders;

/// <summary>What has happened to an order since its listener last looked.</summary>
/// <param name="Steps">The order's steps, in order.</param>
/// <param name="IsBroken">Whether no steps come now, because ordering does not answer.</param>
/// <param name="MustLook">Whether steps may have been missed, so that the order has to be looked at.</param>
/// <param name="More">Completes when there is more.</param>
internal sealed record OrderNews(IReadOnlyList<OrderStep> Steps, bool IsBroken, bool MustLook, Task More);
