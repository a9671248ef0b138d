namespace Shop.Web.Orders;

/// <summary>An order as it was last seen.</summary>
/// <param name="Order">The order.</param>
/// <param name="OrderingAnswers">Whether ordering can be asked now; else the order may be further than it looks.</param>
internal sealed record OrderMoment(Order Order, bool OrderingAnswers);
