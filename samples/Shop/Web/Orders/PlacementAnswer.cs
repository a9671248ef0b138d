namespace Shop.Web.Orders;

/// <summary>What ordering said to an attempt to order.</summary>
internal abstract record PlacementAnswer
{
    /// <summary>There is an order, from this attempt or an earlier one with the same key.</summary>
    public sealed record Placed(Order Order) : PlacementAnswer;

    /// <summary>Something in it cannot be ordered.</summary>
    public sealed record Refused : PlacementAnswer;

    /// <summary>The key was used for another order.</summary>
    public sealed record KeyReused : PlacementAnswer;
}
