namespace Shop.Ordering.Orders;

/// <summary>What became of an attempt to order.</summary>
internal abstract record PlacementResult
{
    /// <summary>There is a new order.</summary>
    public sealed record Placed(Order Order) : PlacementResult;

    /// <summary>The same request was made before; this is its order.</summary>
    public sealed record Repeated(Order Order) : PlacementResult;

    /// <summary>The key was used for another order.</summary>
    public sealed record KeyReused : PlacementResult;

    /// <summary>These lines name products that the catalog does not have.</summary>
    public sealed record UnknownProducts(IReadOnlyList<int> Lines) : PlacementResult;

    /// <summary>No replica of the catalog told the prices in time.</summary>
    public sealed record NoPrices : PlacementResult;
}
