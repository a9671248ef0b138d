namespace Shop.Web.Baskets;

/// <summary>What a visitor means to buy. Immutable.</summary>
/// <param name="Key">
/// The name of an attempt to order exactly this, sent as <c>Idempotency-Key</c>: pressing the button twice orders once. It changes with
/// the content.
/// </param>
/// <param name="Lines">What is in it.</param>
public sealed record Basket(string Key, IReadOnlyList<BasketLine> Lines)
{
    public const int MaximumLines = 30;
    public const int MaximumQuantity = 99;

    public static Basket Empty { get; } = new("", []);

    public int Count => Lines.Sum(line => line.Quantity);

    public bool IsFull => Lines.Count >= MaximumLines;

    /// <summary>Puts more of a product in, as far as there is room.</summary>
    public Basket Add(string productId, int quantity) =>
        Set(productId, quantity + (Lines.FirstOrDefault(line => line.ProductId == productId)?.Quantity ?? 0));

    /// <summary>Sets how many of a product there are; none takes it out.</summary>
    public Basket Set(string productId, int quantity)
    {
        var line = new BasketLine(productId, Math.Clamp(quantity, 0, MaximumQuantity));
        var known = Lines.Any(other => other.ProductId == productId);
        var lines = known ? Lines.Select(other => other.ProductId == productId ? line : other) : [.. Lines, line];
        return new Basket(Guid.NewGuid().ToString("N"), [.. lines.Where(other => other.Quantity > 0).Take(MaximumLines)]);
    }
}
